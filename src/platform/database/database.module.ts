import { setTimeout as sleep } from 'node:timers/promises';
import {
  Global,
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Client, Pool } from 'pg';
import { DataSource } from 'typeorm';
import { APP_CONFIG, type AppConfig } from '../config/app-config.js';
import { ConfigurationError } from '../config/settings.js';
import { logger } from '../logging/logger.js';
import { assertMigrated } from './assert-migrated.js';
import { assertOwnsNothing } from './assert-owns-nothing.js';

const TRIES = 20;
const PAUSE_MS = 1_500;

@Injectable()
class DataSourceLifecycle implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** Connects at boot, with patience: in a container the database may start after us. */
@Global()
@Module({})
export class DatabaseModule {
  static forRoot(make: (database: AppConfig['database']) => DataSource): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        DataSourceLifecycle,
        {
          provide: DataSource,
          inject: [APP_CONFIG],
          useFactory: (config: AppConfig) => connect(() => make(config.database)),
        },
      ],
      exports: [DataSource],
    };
  }
}

async function connect(make: () => DataSource): Promise<DataSource> {
  for (let attempt = 1; ; attempt++) {
    const dataSource = make();
    try {
      await dataSource.initialize();
      outliveCutConnections(dataSource);
      await assertOwnsNothing(dataSource);
      await assertMigrated(dataSource);
      return dataSource;
    } catch (error) {
      if (dataSource.isInitialized) await dataSource.destroy();
      if (attempt >= TRIES || !isAbsence(error)) throw explained(error);
      logger.warn({ attempt, err: error }, 'the database does not answer yet');
      await sleep(PAUSE_MS);
    }
  }
}

/**
 * A connection that is cut in the very moment in which the pool hands it over has no listener yet, and an error that
 * nobody listens to ends the process. Who uses the connection is told by its failing query.
 */
function outliveCutConnections({ driver }: DataSource): void {
  const { master } = driver as unknown as { master: Pool };
  master.on('connect', (client: Client) => client.on('error', () => undefined));
}

/** Invalid password, no such role, no such database: PostgreSQL's own sentence says it, and holds no secret. */
const WRONG_ADDRESS = ['28P01', '28000', '3D000'];

function explained(error: unknown): unknown {
  const { code = '', message } = error as { code?: string; message: string };
  if (WRONG_ADDRESS.includes(code)) return new ConfigurationError([`DATABASE_URL: ${message}`]);
  if (isAbsence(error)) return new ConfigurationError([`DATABASE_URL: no database answers there (${code})`]);
  return error;
}

/** Refused connection, or 57P03 "the database system is starting up". */
function isAbsence(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return /^E(CONN|HOST|TIMEDOUT|AI_AGAIN|NOTFOUND)/.test(code) || code === '57P03';
}
