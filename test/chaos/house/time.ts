import type { ChaosDatabase } from './chaos-database.js';

/** Jobs that come by themselves, every few minutes or hours: none of a run's minutes is long enough for them. */
export const PERIODIC_JOBS = ['payments.sweep'];

/** What a killed request held is free after two minutes; here after a fraction of that. */
const KILLED_REQUEST_SECONDS = 10;

/**
 * Time passes faster in a run: what waits for a moment of the clock is moved to now in the database. What waits for
 * an event is left alone.
 */
export class Time {
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly database: ChaosDatabase) {}

  /** For as long as donors come: keys of killed requests become free, and the sweep looks now and then. */
  start(everyMs: number): void {
    this.timer = setInterval(() => {
      // The database is away now and then; the next turn does it.
      this.turn = this.turn.then(() => this.freeKeys().catch(() => undefined));
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.turn;
  }

  /** The periodic jobs are due, and so is every payment that is to be looked at again some day. */
  async makeSweepsDue(): Promise<void> {
    await this.freeKeys();
    await this.database.rows(
      `UPDATE payments SET created_at = created_at - interval '1 hour', synced_at = synced_at - interval '1 hour'
        WHERE state IN ('open', 'pending', 'authorized')`,
    );
    await this.database.rows(`UPDATE payments SET next_sync_at = now() WHERE next_sync_at IS NOT NULL`);
    for (const job of PERIODIC_JOBS) {
      await this.database.rows(
        `INSERT INTO outbox (id, job, queue, payload) VALUES (gen_random_uuid(), $1, 'sweeps', '{}')`,
        [job],
      );
    }
  }

  /** Pauses between attempts are over. */
  async endPauses(): Promise<void> {
    await this.database.rows('UPDATE outbox SET run_at = now() WHERE run_at > now() AND died_at IS NULL');
  }

  private async freeKeys(): Promise<void> {
    await this.database.rows(
      `UPDATE idempotency_records SET created_at = now() - interval '1 hour'
        WHERE status IS NULL AND created_at < now() - $1 * interval '1 second'`,
      [KILLED_REQUEST_SECONDS],
    );
  }
}
