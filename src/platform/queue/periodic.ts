import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type Type,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { APP_CONFIG, type AppConfig } from '../config/app-config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { logger } from '../logging/logger.js';
import { definedJobs, handledJob } from './define-job.js';
import { OutboxBell } from './outbox-bell.js';
import { newId } from '../../kernel/ids.js';

const EVERY = Symbol('obole:runs-every');

/** Marks the handler of a job without payload that is staged again and again. */
export function RunsEvery(intervalMs: number) {
  return (target: Type): void => Reflect.defineMetadata(EVERY, intervalMs, target);
}

/** Stages the periodic jobs, from every process that works; one that waits already is not staged twice. */
@Injectable()
export class PeriodicJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly uow: UnitOfWork,
    private readonly bell: OutboxBell,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') return;
    for (const { metatype } of this.discovery.getProviders()) {
      const intervalMs = metatype ? (Reflect.getMetadata(EVERY, metatype) as number | undefined) : undefined;
      const name = metatype ? handledJob(metatype) : undefined;
      if (intervalMs !== undefined && name !== undefined)
        this.timers.push(setInterval(() => void this.stage(name, intervalMs), intervalMs));
    }
  }

  beforeApplicationShutdown(): void {
    this.timers.forEach(clearInterval);
  }

  private async stage(name: string, intervalMs: number): Promise<void> {
    try {
      await this.uow.acrossTenants('periodic jobs serve every association', () =>
        this.uow.execute(
          `INSERT INTO outbox (id, job, queue, payload)
           SELECT $1, $2, $3, '{}' WHERE NOT EXISTS (
             SELECT FROM outbox WHERE job = $2 AND queue = $3 AND died_at IS NULL AND created_at > now() - $4 * interval '1 millisecond')`,
          [newId(), name, definedJobs().get(name)!.queue, intervalMs * 3],
        ),
      );
      this.bell.ring();
    } catch (error) {
      logger.warn({ job: name, err: error }, 'periodic job not staged');
    }
  }
}
