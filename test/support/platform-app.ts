import { type INestApplicationContext, Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { logger } from '../../src/platform/logging/logger.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { QueueModule } from '../../src/platform/queue/queue.module.js';
import { createTestDatabase, type TestDatabase } from './database.js';

export interface PlatformApp {
  database: TestDatabase;
  get<T>(type: Type<T>): T;
  close(): Promise<void>;
}

export interface PlatformOptions {
  database?: TestDatabase;
  redisUrl?: string;
  leaseMs?: number;
  role?: AppConfig['role'];
}

/** Database and queue alone, with handlers of the test's own: what every room stands on. */
export async function startPlatform(
  providers: Provider[],
  options: PlatformOptions = {},
): Promise<PlatformApp> {
  const database = options.database ?? (await createTestDatabase());
  const config = {
    role: options.role ?? 'all',
    database: { url: database.appUrl, poolSize: 8 },
    redisUrl: options.redisUrl ?? null,
    jobs: { concurrency: 4, leaseMs: options.leaseMs ?? 10_000, pollMs: 50 },
  } as AppConfig;
  @Module({
    imports: [
      ConfigModule.forRoot(config),
      DatabaseModule.forRoot(
        ({ url, poolSize }) => new DataSource({ type: 'postgres', url, poolSize, entities: [] }),
      ),
      PlatformModule,
      QueueModule,
    ],
    providers,
  })
  class TestModule {}
  logger.level = 'silent';
  const free = async (): Promise<void> => {
    if (!options.database) await database.drop();
  };
  let app: INestApplicationContext;
  try {
    app = await NestFactory.createApplicationContext(TestModule, { logger: false, abortOnError: false });
  } catch (error) {
    await free();
    throw error;
  }
  return {
    database,
    get: (type) => app.get(type, { strict: false }),
    close: async () => {
      await app.close();
      await free();
    },
  };
}
