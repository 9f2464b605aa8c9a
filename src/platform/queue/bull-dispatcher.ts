import Bull from 'bull';
import { Redis } from 'ioredis';
import { logger } from '../logging/logger.js';
import { QUEUES, definedJobs, type QueueName } from './define-job.js';
import { Dispatcher } from './dispatcher.js';
import type { JobExecutor } from './job-executor.js';
import type { OutboxBell } from './outbox-bell.js';
import type { OutboxStore } from './outbox-store.js';

export interface BullOptions {
  redisUrl: string;
  /** Does this process carry out jobs, or only hand them to Redis? */
  processes: boolean;
  concurrency: number;
  leaseMs: number;
  pollMs: number;
}

const RELAY_BATCH = 200;
const CLOSE_TIMEOUT_MS = 2_000;

/** Hands outbox rows to Bull and, in a worker, runs what Bull hands back. Bull knows ids only. */
export class BullDispatcher extends Dispatcher {
  private readonly queues = new Map<QueueName, Bull.Queue<{ id: string }>>();
  private readonly connections: Redis[] = [];
  private relaying: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopping = false;

  constructor(
    private readonly store: OutboxStore,
    private readonly executor: JobExecutor,
    private readonly bell: OutboxBell,
    private readonly options: BullOptions,
  ) {
    super();
  }

  async start(): Promise<void> {
    // One connection for commands and one for events serve all queues; each processor blocks on its own.
    const client = this.connect({ maxRetriesPerRequest: 1 });
    const subscriber = this.connect({ maxRetriesPerRequest: null, enableReadyCheck: false });
    for (const name of QUEUES) {
      const queue = new Bull<{ id: string }>(name, {
        prefix: 'obole',
        createClient: (type) => {
          if (type === 'client') return client;
          if (type === 'subscriber') return subscriber;
          return this.connect({ maxRetriesPerRequest: null, enableReadyCheck: false });
        },
        settings: {
          lockDuration: this.options.leaseMs,
          stalledInterval: this.options.leaseMs / 2,
          maxStalledCount: 10,
        },
      });
      queue.on('error', (error) => logger.warn({ queue: name, err: error }, 'redis does not answer'));
      if (this.options.processes)
        void queue.process(this.options.concurrency, (job) => this.runFromBull(job.data.id));
      this.queues.set(name, queue);
    }
    this.bell.onRing(() => this.wake());
    this.timer = setInterval(() => this.wake(), this.options.pollMs);
    this.wake();
  }

  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    if (this.timer) clearInterval(this.timer);
    await this.relaying;
    await withTimeout(
      Promise.all([...this.queues.values()].map((queue) => queue.pause(true, false))),
      graceMs,
    );
    // With Redis away close() would wait for ever: the connections are cut instead.
    await withTimeout(Promise.all([...this.queues.values()].map((queue) => queue.close())), CLOSE_TIMEOUT_MS);
    for (const connection of this.connections) connection.disconnect();
  }

  private connect(options: { maxRetriesPerRequest: number | null; enableReadyCheck?: boolean }): Redis {
    const connection = new Redis(this.options.redisUrl, {
      ...options,
      retryStrategy: (times) => Math.min(times * 100, 2_000),
    });
    connection.on('error', () => undefined); // Bull reports it; without a listener it would end the process.
    this.connections.push(connection);
    return connection;
  }

  private wake(): void {
    if (this.stopping || this.relaying) return;
    this.relaying = this.relay().finally(() => (this.relaying = null));
  }

  private async relay(): Promise<void> {
    try {
      for (;;) {
        const rows = await this.store.claimForRelay(RELAY_BATCH, this.options.leaseMs);
        if (rows.length === 0 || this.stopping) return;
        await Promise.all(rows.map((row) => this.hand(row)));
        if (rows.length < RELAY_BATCH) return;
      }
    } catch (error) {
      logger.warn({ err: error }, 'outbox not relayed, will try again');
    }
  }

  /** The outbox id is Bull's job id: handed over twice, it is there once. */
  private async hand(row: { id: string; queue: string; job: string }): Promise<void> {
    const definition = definedJobs().get(row.job);
    const queue = this.queues.get(row.queue as QueueName);
    if (!definition || !queue)
      throw new Error(`The outbox holds an unknown job ${row.job} for ${row.queue}.`);
    await queue.add(
      { id: row.id },
      {
        jobId: row.id,
        attempts: definition.attempts,
        backoff: { type: 'exponential', delay: definition.backoffMs },
        removeOnComplete: true,
        removeOnFail: true,
      },
    );
  }

  /** Throws to make Bull try again by its own back-off; the row, not Bull, counts the attempts. */
  private async runFromBull(id: string): Promise<void> {
    const row = await this.store.take(id, this.options.leaseMs);
    if (!row) return;
    const outcome = await this.executor.execute(row);
    if (outcome.kind === 'retry') throw outcome.error;
  }
}

async function withTimeout(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work.catch(() => undefined), timeout]);
  clearTimeout(timer);
}
