/** Carries outbox rows to their handlers. There are two: in this process, or by Bull on Redis. */
export abstract class Dispatcher {
  abstract start(): Promise<void>;
  /** Takes no more work, lets what runs finish within the grace, then returns. */
  abstract stop(graceMs: number): Promise<void>;
}

/** A web process without Redis: its rows are found by the worker's own look at the outbox. */
export class NoDispatcher extends Dispatcher {
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
}
