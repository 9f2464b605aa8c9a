import { notBookedSql } from '../ledger/index.js';
import { amountSql, defineCheck } from '../platform/integrity/define-check.js';

/** Of a payout that only one side knows. */
const CURRENCY = 'COALESCE(p.currency, b.currency)';

defineCheck({
  name: 'payments.paid-in-ledger',
  says: 'every paid payment is in the ledger with its whole amount, and nothing else is',
  sql: notBookedSql(
    'paid payment',
    `SELECT association_id, id, currency, amount_cents AS cents FROM payments WHERE state = 'paid'`,
    { sourceType: 'payment', adds: ['gift_settled', 'offline_gift'] },
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
  says: 'every refund that has left, and every correction of an offline gift, is in the ledger, and a refund that came back is undone there',
  sql: notBookedSql(
    'settled refund',
    `SELECT association_id, id, currency, amount_cents AS cents FROM payment_refunds WHERE state = 'settled'`,
    { sourceType: 'refund', adds: ['refund', 'correction'], takes: ['refund_failed'] },
  ),
});

defineCheck({
  name: 'payments.disputes-in-ledger',
  says: 'every dispute that is open or lost is in the ledger, and one that was won is undone there',
  sql: notBookedSql(
    'dispute',
    `SELECT association_id, id, currency, amount_cents AS cents FROM payment_disputes WHERE state <> 'won'`,
    { sourceType: 'dispute', adds: ['dispute'], takes: ['dispute_won'] },
  ),
});

defineCheck({
  name: 'payments.payouts-in-ledger',
  says: 'every payout is in the ledger with what arrived, what it cost and what it does not explain',
  sql: `SELECT COALESCE(p.association_id, b.association_id) AS association_id, COALESCE(p.id, b.source_id) AS id,
               'payout of ' || ${amountSql('COALESCE(p.amount_cents, 0)', CURRENCY)} || ', booked ' || ${amountSql('COALESCE(b.arrived, 0)', CURRENCY)}
               || '; costs ' || ${amountSql('COALESCE(p.costs_cents, 0)', CURRENCY)} || ', booked ' || ${amountSql('COALESCE(b.costs, 0)', CURRENCY)}
               || '; difference ' || ${amountSql('COALESCE(p.difference_cents, 0)', CURRENCY)} || ', booked ' || ${amountSql('COALESCE(b.difference, 0)', CURRENCY)} AS detail
          FROM payouts p
          FULL JOIN (
            SELECT e.association_id, e.source_id, min(e.currency) AS currency,
                   COALESCE(sum(l.debit_cents - l.credit_cents) FILTER (WHERE l.account = 'bank'), 0) AS arrived,
                   COALESCE(sum(l.debit_cents - l.credit_cents) FILTER (WHERE l.account = 'provider_fees'), 0) AS costs,
                   COALESCE(sum(l.credit_cents - l.debit_cents) FILTER (WHERE l.account = 'payout_differences'), 0) AS difference
              FROM ledger_entries e JOIN ledger_lines l ON l.association_id = e.association_id AND l.entry_id = e.id
             WHERE e.source_type = 'payout' GROUP BY e.association_id, e.source_id
          ) AS b ON b.association_id = p.association_id AND b.source_id = p.id
         WHERE (COALESCE(p.amount_cents, 0), COALESCE(p.costs_cents, 0), COALESCE(p.difference_cents, 0))
               <> (COALESCE(b.arrived, 0), COALESCE(b.costs, 0), COALESCE(b.difference, 0))`,
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
