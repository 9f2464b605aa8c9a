import { bookedSql, type Booked } from '../ledger/index.js';
import { amountSql, defineCheck } from '../platform/integrity/define-check.js';

/** The rows whose amount is not what the book has for them, from either side. */
function notInLedger(what: string, expected: string, booked: Booked): string {
  return `SELECT COALESCE(x.association_id, b.association_id) AS association_id, COALESCE(x.id, b.source_id) AS id,
                 '${what} of ' || ${amountSql('COALESCE(x.cents, 0)', 'COALESCE(x.currency, b.currency)')}
                 || ', booked ' || ${amountSql('COALESCE(b.cents, 0)', 'COALESCE(b.currency, x.currency)')} AS detail
            FROM (${expected}) AS x
            FULL JOIN (${bookedSql(booked)}) AS b ON b.association_id = x.association_id AND b.source_id = x.id
           WHERE COALESCE(x.cents, 0) <> COALESCE(b.cents, 0) OR x.currency <> b.currency`;
}

defineCheck({
  name: 'payments.paid-in-ledger',
  says: 'every paid payment is in the ledger with its whole amount, and nothing else is',
  sql: notInLedger(
    'paid payment',
    `SELECT association_id, id, currency, amount_cents AS cents FROM payments WHERE state = 'paid' AND provider <> 'offline'`,
    { sourceType: 'payment', adds: ['gift_settled'] },
  ),
});

defineCheck({
  name: 'payments.tips-in-ledger',
  says: 'every contribution to the platform is in the ledger beside its gift, and has been taken by the provider',
  sql: `SELECT p.association_id, p.id,
               'contribution of ' || ${amountSql('p.application_fee_cents', 'p.currency')}
               || ', booked with the gift ' || ${amountSql('b.given', 'p.currency')}
               || ', taken ' || ${amountSql('b.taken', 'p.currency')} AS detail
          FROM payments p
         CROSS JOIN LATERAL (
           SELECT COALESCE(sum(l.credit_cents) FILTER (WHERE e.fact = 'gift_settled'), 0) AS given,
                  COALESCE(sum(l.debit_cents) FILTER (WHERE e.fact = 'tip'), 0) AS taken
             FROM ledger_entries e JOIN ledger_lines l ON l.association_id = e.association_id AND l.entry_id = e.id
            WHERE e.association_id = p.association_id AND e.source_type = 'payment' AND e.source_id = p.id
              AND l.account = 'platform_tips') AS b
         WHERE p.state = 'paid' AND (p.application_fee_cents <> b.given OR p.application_fee_cents <> b.taken)`,
});

defineCheck({
  name: 'payments.refunds-in-ledger',
  says: 'every refund that has left is in the ledger, and one that came back is undone there',
  sql: notInLedger(
    'settled refund',
    `SELECT association_id, id, currency, amount_cents AS cents FROM payment_refunds WHERE state = 'settled' AND origin <> 'correction'`,
    { sourceType: 'refund', adds: ['refund'], takes: ['refund_failed'] },
  ),
});

defineCheck({
  name: 'payments.disputes-in-ledger',
  says: 'every dispute that is open or lost is in the ledger, and one that was won is undone there',
  sql: notInLedger(
    'dispute',
    `SELECT association_id, id, currency, amount_cents AS cents FROM payment_disputes WHERE state <> 'won'`,
    { sourceType: 'dispute', adds: ['dispute'], takes: ['dispute_won'] },
  ),
});

defineCheck({
  name: 'payments.none-stuck',
  says: 'every attempt is known to the provider or closed within three hours, every refund is sent within six and settled within thirty days',
  sql: `SELECT association_id, id, 'attempt is created since ' || date_trunc('second', created_at) AS detail
          FROM payments WHERE state = 'created' AND created_at < now() - interval '3 hours'
        UNION ALL
        SELECT association_id, id, 'refund is ' || state || ' since ' || date_trunc('second', created_at)
          FROM payment_refunds
         WHERE (state = 'requested' AND created_at < now() - interval '6 hours')
            OR (state = 'sent' AND created_at < now() - interval '30 days')`,
});
