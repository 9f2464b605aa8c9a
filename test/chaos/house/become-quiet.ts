import { setTimeout as sleep } from 'node:timers/promises';
import { patiently } from './chaos-database.js';
import type { Installation } from './installation.js';

const LOOK_MS = 250;
/** Pauses between attempts double: after this long without an end, they are cut short. */
const HASTEN_MS = 5_000;
const ROUNDS = 12;

/** The provider ends what it has begun: refunds on their way arrive, direct debits and transfers too. */
async function endRefunds({ provider }: Installation): Promise<void> {
  for (const payment of await provider.payments()) {
    for (const refund of payment.refunds) {
      if (['queued', 'pending', 'processing'].includes(refund.status))
        await provider.moveRefund(payment.id, refund.id, 'refunded');
    }
  }
}

/**
 * After the last disturbance: everything that is under way comes to its end, and the platform's own sweeps look
 * until a whole round changes nothing any more.
 * @throws Error when it does not become quiet in time, with what is still waiting
 */
export async function becomeQuiet(house: Installation, deadline: number): Promise<void> {
  await house.allReady();
  await endRefunds(house);
  let before = '';
  for (let round = 1; round <= ROUNDS; round += 1) {
    await house.provider.deliverWebhooks();
    await house.time.stagePeriodicJobs(house.database);
    await untilNoJobWaits(house, deadline);
    const after = await fingerprint(house);
    if (after === before) return;
    before = after;
  }
  throw new Error(`After ${ROUNDS} rounds there is still something new: ${before}`);
}

/** @throws Error at the deadline, with what is still waiting */
export async function untilNoJobWaits(house: Installation, deadline: number): Promise<void> {
  let hastenAt = Date.now() + HASTEN_MS;
  for (;;) {
    const waiting = await patiently(() =>
      house.database.rows<{ job: string; n: number }>(
        'SELECT job, count(*)::int AS n FROM outbox WHERE died_at IS NULL GROUP BY job',
      ),
    );
    if (waiting.length === 0) return;
    if (Date.now() > deadline) throw new Error(`It does not become quiet: ${JSON.stringify(waiting)}`);
    if (Date.now() > hastenAt) {
      await hasten(house);
      hastenAt = Date.now() + HASTEN_MS;
    }
    await sleep(LOOK_MS);
  }
}

/** Pauses between attempts are over. Bull keeps its own; what it no longer holds is handed over anew. */
async function hasten({ redis, database }: Installation): Promise<void> {
  await redis.flush();
  await patiently(() =>
    database.rows('UPDATE outbox SET run_at = now() WHERE run_at > now() AND died_at IS NULL'),
  );
}

/** Changes whenever a fact is added anywhere. */
async function fingerprint({ database, mail }: Installation): Promise<string> {
  const [row] = await patiently(() =>
    database.rows<Record<string, number>>(
      `SELECT (SELECT count(*) FROM payment_events) AS payment_events,
              (SELECT count(*) FROM payment_refund_events) AS refund_events,
              (SELECT count(*) FROM payment_dispute_events) AS dispute_events,
              (SELECT count(*) FROM donation_events) AS donation_events,
              (SELECT count(*) FROM plan_period_events) AS period_events,
              (SELECT count(*) FROM ledger_entries) AS ledger_entries,
              (SELECT count(*) FROM receipts) AS receipts,
              (SELECT count(*) FROM mail_deliveries) AS mails`,
    ),
  );
  return JSON.stringify({ ...row, taken: (await mail.settled()).length });
}
