import { Injectable } from '@nestjs/common';
import { logger } from '../logging/logger.js';
import { jobOutcomes } from '../metrics/metrics.js';
import { backoffMs } from './define-job.js';
import { JobRegistry, type RegisteredJob } from './job-registry.js';
import { OutboxStore, type OutboxRow } from './outbox-store.js';

export type JobOutcome = { kind: 'done' } | { kind: 'retry'; error: Error; inMs: number } | { kind: 'dead' };

/** Runs one outbox row through its handler and writes down what came of it. Both transports end here. */
@Injectable()
export class JobExecutor {
  constructor(
    private readonly registry: JobRegistry,
    private readonly store: OutboxStore,
  ) {}

  async execute(row: OutboxRow): Promise<JobOutcome> {
    const registered = this.registry.find(row.job);
    if (!registered) return this.giveUp(row, new Error(`No handler knows the job ${row.job}.`));
    try {
      await registered.handler.run(row.payload);
    } catch (caught) {
      return this.failed(row, registered, caught instanceof Error ? caught : new Error(String(caught)));
    }
    await this.store.done(row.id);
    jobOutcomes.inc({ job: row.job, outcome: 'done' });
    return { kind: 'done' };
  }

  private async failed(
    row: OutboxRow,
    { definition, handler }: RegisteredJob,
    error: Error,
  ): Promise<JobOutcome> {
    if (row.attempts < definition.attempts) {
      const inMs = backoffMs(definition, row.attempts);
      logger.warn(
        { job: row.job, outboxId: row.id, attempt: row.attempts, inMs, err: error },
        'job failed, will be tried again',
      );
      await this.store.retryIn(row.id, inMs, error.message);
      jobOutcomes.inc({ job: row.job, outcome: 'retry' });
      return { kind: 'retry', error, inMs };
    }
    await handler.onExhausted?.(row.payload, error);
    return this.giveUp(row, error);
  }

  private async giveUp(row: OutboxRow, error: Error): Promise<JobOutcome> {
    logger.error({ job: row.job, outboxId: row.id, attempt: row.attempts, err: error }, 'job given up');
    await this.store.bury(row.id, error.message);
    jobOutcomes.inc({ job: row.job, outcome: 'dead' });
    return { kind: 'dead' };
  }
}
