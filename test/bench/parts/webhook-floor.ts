import type { Client } from 'pg';
import { legalDate } from '../../../src/kernel/clock.js';
import { newId } from '../../../src/kernel/ids.js';
import { BENCH_CENTS, providerIdOf } from '../support/bench-provider.js';
import type { OpenGift } from './gift-procedures.js';
import { begin } from './intake-floor.js';
import type { Place } from './server.main.js';

const STAGE = `INSERT INTO outbox (id, association_id, job, queue, payload) VALUES ($1, $2, $3, 'money', $4)`;

/** The rows of a webhook: that the provider called, and the job, whose id it returns. */
export async function receiveFloor(
  client: Client,
  { associationId }: Place,
  { paymentId, token }: OpenGift,
): Promise<string> {
  const jobId = newId();
  await begin(client, associationId);
  await client.query({
    name: 'called',
    text: `INSERT INTO provider_events (association_id, id, payment_id, claimed_provider_id)
           SELECT association_id, $1, id, $2 FROM payments WHERE association_id = $3 AND token = $4`,
    values: [newId(), providerIdOf(paymentId), associationId, token],
  });
  await client.query({
    name: 'stage',
    text: STAGE,
    values: [jobId, associationId, 'payments.sync', JSON.stringify({ associationId, paymentId })],
  });
  await client.query('COMMIT');
  return jobId;
}

/**
 * The rows of a payment that is paid: payment, gift, an event of each, the ledger's entry with its two lines, the
 * receipt's job; and the job that is done.
 */
export async function settleFloor(
  client: Client,
  { associationId }: Place,
  { paymentId, donationId }: OpenGift,
  jobId: string,
): Promise<void> {
  const now = new Date();
  await begin(client, associationId);
  await client.query({
    name: 'paid',
    text: `UPDATE payments SET state = 'paid', method = 'creditcard', paid_at = $3, synced_at = $3, next_sync_at = $3 WHERE association_id = $1 AND id = $2`,
    values: [associationId, paymentId, now],
  });
  await client.query({
    name: 'payment-event',
    text: `INSERT INTO payment_events (association_id, id, payment_id, from_state, to_state) VALUES ($1, $2, $3, 'open', 'paid')`,
    values: [associationId, newId(), paymentId],
  });
  await client.query({
    name: 'donation-paid',
    text: `UPDATE donations SET state = 'paid', paid_at = $3 WHERE association_id = $1 AND id = $2`,
    values: [associationId, donationId, now],
  });
  await client.query({
    name: 'donation-event',
    text: `INSERT INTO donation_events (association_id, id, donation_id, from_state, to_state) VALUES ($1, $2, $3, 'pending', 'paid')`,
    values: [associationId, newId(), donationId],
  });
  await book(client, associationId, paymentId, now);
  await client.query({
    name: 'stage',
    text: STAGE,
    values: [newId(), associationId, 'receipts.issue', JSON.stringify({ associationId, donationId })],
  });
  await client.query({ name: 'done', text: `DELETE FROM outbox WHERE id = $1`, values: [jobId] });
  await client.query('COMMIT');
}

/** The balance is checked by the database's own trigger here too. */
async function book(client: Client, associationId: string, paymentId: string, now: Date): Promise<void> {
  const entryId = newId();
  await client.query({
    name: 'ledger-entry',
    text: `INSERT INTO ledger_entries (association_id, id, fact, source_type, source_id, occurred_on, label, currency, line_count)
           VALUES ($1, $2, 'gift_settled', 'payment', $3, $4, 'Don encaissé', 'EUR', 2)`,
    values: [associationId, entryId, paymentId, legalDate(now)],
  });
  await client.query({
    name: 'ledger-lines',
    text: `INSERT INTO ledger_lines (association_id, entry_id, position, line_count, currency,
                                     account, account_number, account_label, debit_cents, credit_cents)
           VALUES ($1, $2, 1, 2, 'EUR', 'provider_balance', '5115', 'Paiements par carte à encaisser', $3, 0),
                  ($1, $2, 2, 2, 'EUR', 'gifts', '75411', 'Dons manuels', 0, $3)`,
    values: [associationId, entryId, BENCH_CENTS],
  });
}
