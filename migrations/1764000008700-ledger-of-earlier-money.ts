import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What moved before there was a book: gifts, refunds and disputes of an installation that is brought up to date. */
const EARLIER = `
  SELECT association_id, 'gift_settled' AS fact, 'payment' AS source_type, id AS source_id, paid_at AS at, 'Don encaissé' AS label,
         currency, amount_cents AS cents, 'provider_balance' AS debited, income_account AS credited
    FROM payments WHERE state = 'paid' AND provider = 'mollie' AND application_fee_cents = 0
  UNION ALL
  SELECT r.association_id, 'refund', 'refund', r.id, r.settled_at, 'Remboursement',
         r.currency, r.amount_cents, p.income_account, 'provider_balance'
    FROM payment_refunds r JOIN payments p ON p.association_id = r.association_id AND p.id = r.payment_id
   WHERE r.state = 'settled'
  UNION ALL
  SELECT d.association_id, 'dispute', 'dispute', d.id, d.created_at, 'Impayé',
         d.currency, d.amount_cents, p.income_account, 'provider_balance'
    FROM payment_disputes d JOIN payments p ON p.association_id = d.association_id AND p.id = d.payment_id
  UNION ALL
  SELECT d.association_id, 'dispute_won', 'dispute', d.id, COALESCE(d.reversed_at, d.seen_at), 'Impayé annulé',
         d.currency, d.amount_cents, 'provider_balance', p.income_account
    FROM payment_disputes d JOIN payments p ON p.association_id = d.association_id AND p.id = d.payment_id
   WHERE d.state = 'won'`;

/** A UUIDv7 of that moment, so that the book's order is that of what happened. */
const ID_OF_THAT_TIME = `(
  lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3)
  || '8' || substr(md5(random()::text || source_id::text), 1, 15))::uuid`;

const CHART = `(VALUES ('provider_balance', '5115', 'Paiements par carte à encaisser'), ('gifts', '75411', 'Dons manuels'),
                       ('company_gifts', '7542', 'Mécénat'))`;

export class LedgerOfEarlierMoney1764000008700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `WITH earlier AS MATERIALIZED (SELECT *, ${ID_OF_THAT_TIME} AS id FROM (${EARLIER}) AS facts),
       entry AS (
         INSERT INTO ledger_entries (association_id, id, fact, source_type, source_id, occurred_on, label, currency, line_count)
         SELECT association_id, id, fact, source_type, source_id, (at AT TIME ZONE 'Europe/Paris')::date, label, currency, 2 FROM earlier
         ON CONFLICT ON CONSTRAINT ledger_entries_once DO NOTHING
         RETURNING association_id, id)
       INSERT INTO ledger_lines (association_id, entry_id, position, line_count, currency, account, account_number, account_label,
                                 debit_cents, credit_cents)
       SELECT association_id, id, side.position, 2, currency, chart.account, chart.number, chart.label, side.debit, side.credit
         FROM entry JOIN earlier USING (association_id, id)
        CROSS JOIN LATERAL (VALUES (1, debited, cents, 0), (2, credited, 0, cents)) AS side (position, account, debit, credit)
         JOIN ${CHART} AS chart (account, number, label) ON chart.account = side.account`,
    );
  }

  /** The book is append-only; it goes with its tables. */
  async down(): Promise<void> {}
}
