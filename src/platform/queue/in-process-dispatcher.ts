import { QUEUES } from './define-job.js';
import { Dispatcher } from './dispatcher.js';
import type { JobExecutor } from './job-executor.js';
import type { OutboxBell } from './outbox-bell.js';
import { OutboxLane, type LaneOptions } from './outbox-lane.js';
import type { OutboxStore } from './outbox-store.js';

/** Runs jobs here, straight from the outbox: the embedded default, without Redis. */
export class InProcessDispatcher extends Dispatcher {
  private readonly lanes: OutboxLane[];

  constructor(
    store: OutboxStore,
    executor: JobExecutor,
    private readonly bell: OutboxBell,
    options: LaneOptions,
  ) {
    super();
    this.lanes = QUEUES.map((queue) => new OutboxLane(queue, store, executor, options));
  }

  async start(): Promise<void> {
    this.bell.onRing(() => this.lanes.forEach((lane) => lane.wake()));
    this.lanes.forEach((lane) => lane.start());
  }

  async stop(graceMs: number): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.stop(graceMs)));
  }
}
