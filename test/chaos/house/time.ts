import { renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { patiently, type ChaosDatabase } from './chaos-database.js';

/** Jobs that come by themselves, every few minutes or hours: none of a run's minutes is long enough for them. */
const PERIODIC_JOBS = [
  'payments.sweep',
  'payments.sweep-charges',
  'plans.find-due',
  'plans.find-expiring-cards',
];

/** What a killed request held is free after two minutes; here after a fraction of that. */
const KILLED_REQUEST_SECONDS = 10;
const DAY_MS = 86_400_000;
/** Each process looks at the clock's file ten times a second. */
const NOTICED_MS = 300;

/** The time of a run: one clock for the platform, its database and the provider, which leaps over days. */
export class Time {
  aheadMs = 0;
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(readonly clockFile: string) {
    this.write();
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  /** Days pass at once. Only when nothing is under way: a request that takes days is none. */
  async leap(database: ChaosDatabase, days: number): Promise<void> {
    this.aheadMs += days * DAY_MS;
    await patiently(() =>
      database.rows(`UPDATE chaos_clock SET ahead = $1 * interval '1 millisecond'`, [this.aheadMs]),
    );
    this.write();
    await sleep(NOTICED_MS);
  }

  /** Everything that comes every few minutes or hours comes now. */
  async stagePeriodicJobs(database: ChaosDatabase): Promise<void> {
    for (const job of PERIODIC_JOBS) {
      await patiently(() =>
        database.rows(
          `INSERT INTO outbox (id, job, queue, payload) VALUES (gen_random_uuid(), $1, 'sweeps', '{}')`,
          [job],
        ),
      );
    }
  }

  /** For as long as donors come, the keys of killed requests become free sooner. */
  hastenKeys(database: ChaosDatabase, everyMs: number): void {
    this.timer = setInterval(() => {
      // The database is away now and then; the next turn does it.
      this.turn = this.turn.then(() => freeKeys(database).catch(() => undefined));
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.turn;
  }

  private write(): void {
    writeFileSync(`${this.clockFile}.new`, String(this.aheadMs));
    renameSync(`${this.clockFile}.new`, this.clockFile);
  }
}

async function freeKeys(database: ChaosDatabase): Promise<void> {
  await database.rows(
    `UPDATE idempotency_records SET created_at = now() - interval '10 minutes'
      WHERE status IS NULL AND created_at < now() - $1 * interval '1 second'`,
    [KILLED_REQUEST_SECONDS],
  );
}
