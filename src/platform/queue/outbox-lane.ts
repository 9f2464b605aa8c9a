import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from '../logging/logger.js';
import type { QueueName } from './define-job.js';
import type { JobExecutor } from './job-executor.js';
import type { OutboxRow, OutboxStore } from './outbox-store.js';

export interface LaneOptions {
  concurrency: number;
  leaseMs: number;
  pollMs: number;
}

/** Runs the jobs of one queue in this process. Lanes are apart so that a dead mail server cannot hold up the money. */
export class OutboxLane {
  private readonly running = new Map<string, Promise<void>>();
  private stopping = false;
  private claiming: Promise<void> | null = null;
  private rungWhileClaiming = false;
  private isExtending = false;
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly queue: QueueName,
    private readonly store: OutboxStore,
    private readonly executor: JobExecutor,
    private readonly options: LaneOptions,
  ) {}

  start(): void {
    this.timers = [
      setInterval(() => this.wake(), this.options.pollMs),
      setInterval(() => void this.extendLeases(), this.options.leaseMs / 3),
    ];
    this.wake();
  }

  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    this.timers.forEach(clearInterval);
    await this.claiming;
    const grace = new AbortController();
    await Promise.race([
      Promise.all(this.running.values()),
      sleep(graceMs, undefined, { signal: grace.signal }).catch(() => undefined),
    ]);
    grace.abort();
  }

  /** Look at the outbox now. */
  wake(): void {
    if (this.stopping) return;
    if (this.claiming) {
      this.rungWhileClaiming = true;
      return;
    }
    this.claiming = this.claim().finally(() => {
      this.claiming = null;
      if (this.rungWhileClaiming) {
        this.rungWhileClaiming = false;
        this.wake();
      }
    });
  }

  private async claim(): Promise<void> {
    const free = this.options.concurrency - this.running.size;
    if (free <= 0) return;
    try {
      for (const row of await this.store.claim(this.queue, free, this.options.leaseMs)) this.run(row);
    } catch (error) {
      logger.warn({ err: error }, 'the outbox cannot be read, will look again');
    }
  }

  private run(row: OutboxRow): void {
    const work = this.executor
      .execute(row)
      .then(() => undefined)
      // The outcome could not be written (database away): the lease runs out and the row is due again.
      .catch((error: unknown) =>
        logger.warn({ job: row.job, outboxId: row.id, err: error }, 'job outcome not written'),
      )
      .finally(() => {
        this.running.delete(row.id);
        this.wake();
      });
    this.running.set(row.id, work);
  }

  private async extendLeases(): Promise<void> {
    // One at a time: while the database is slow they would take one connection after the other.
    if (this.running.size === 0 || this.isExtending) return;
    this.isExtending = true;
    await this.store
      .extend([...this.running.keys()], this.options.leaseMs)
      .catch((error: unknown) => logger.warn({ err: error }, 'leases not extended'));
    this.isExtending = false;
  }
}
