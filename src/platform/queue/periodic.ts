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
const TICK_MS = 30_000;

/** Marks the handler of a job without payload that is staged again and again. */
export function RunsEvery(intervalMs: number) {
  return (target: Type): void => Reflect.defineMetadata(EVERY, intervalMs, target);
}

interface Periodic {
  job: string;
  queue: string;
  everyMs: number;
}

/** Which are due is the database's to say; one that still waits is not staged a second time. */
const STAGE_DUE = `
  WITH due AS (
    INSERT INTO periodic_jobs AS known (job, every_ms, staged_at)
    SELECT job, every_ms, now() FROM unnest($1::text[], $2::bigint[]) AS told (job, every_ms)
    ON CONFLICT (job) DO UPDATE SET every_ms = EXCLUDED.every_ms, staged_at = now()
     WHERE known.staged_at <= now() - EXCLUDED.every_ms * interval '1 millisecond'
    RETURNING job, xmax = 0 AS is_new
  )
  INSERT INTO outbox (id, job, queue, payload)
  SELECT told.id, told.job, told.queue, '{}'
    FROM unnest($3::uuid[], $1::text[], $4::text[]) AS told (id, job, queue)
    JOIN due ON due.job = told.job AND NOT due.is_new
   WHERE NOT EXISTS (SELECT FROM outbox waiting
                      WHERE waiting.job = told.job AND waiting.queue = told.queue AND waiting.died_at IS NULL)
  RETURNING job`;

/**
 * Stages the periodic jobs, asked by every process that works. When each was staged last is a row: a restart does
 * not put it off, and two processes do not double it. One that is new to the database first lets its interval pass.
 */
@Injectable()
export class PeriodicJobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private periodic: Periodic[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly uow: UnitOfWork,
    private readonly bell: OutboxBell,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'web') return;
    this.periodic = this.discovery
      .getProviders()
      .flatMap(({ metatype }) => (metatype ? periodicOf(metatype as Type) : []));
    await this.stageDue();
    this.timer = setInterval(() => void this.stageDue(), TICK_MS);
  }

  beforeApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private async stageDue(): Promise<void> {
    try {
      const staged = await this.uow.single(STAGE_DUE, [
        this.periodic.map(({ job }) => job),
        this.periodic.map(({ everyMs }) => everyMs),
        this.periodic.map(() => newId()),
        this.periodic.map(({ queue }) => queue),
      ]);
      if (staged.length > 0) this.bell.ring();
    } catch (error) {
      logger.warn({ err: error }, 'periodic jobs not staged');
    }
  }
}

function periodicOf(handler: Type): Periodic[] {
  const everyMs = Reflect.getMetadata(EVERY, handler) as number | undefined;
  const job = handledJob(handler);
  return everyMs === undefined || job === undefined
    ? []
    : [{ job, queue: definedJobs().get(job)!.queue, everyMs }];
}
