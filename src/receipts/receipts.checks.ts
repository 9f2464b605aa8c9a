import { amountSql, defineCheck } from '../platform/integrity/define-check.js';

defineCheck({
  name: 'receipts.worth-the-money',
  says: 'every receipt that counts is for no more than the money that was kept of its gift',
  // A receipt whose revision is on its way is not wrong yet; a revision that does not come is another check's matter.
  sql: `SELECT r.association_id, r.id,
               'receipt of ' || ${amountSql('r.amount_cents', 'r.currency')} || ', kept ' || ${amountSql('kept.cents', 'r.currency')} AS detail
          FROM living_receipts alive
          JOIN receipts r ON r.association_id = alive.association_id AND r.id = alive.receipt_id
         CROSS JOIN LATERAL (
           SELECT COALESCE(sum(greatest(0, p.amount_cents - p.application_fee_cents
                    - (SELECT COALESCE(sum(amount_cents), 0) FROM payment_refunds
                        WHERE association_id = p.association_id AND payment_id = p.id AND state = 'settled')
                    - (SELECT COALESCE(sum(amount_cents), 0) FROM payment_disputes
                        WHERE association_id = p.association_id AND payment_id = p.id AND state <> 'won'))), 0) AS cents
             FROM payments p
            WHERE p.association_id = r.association_id AND p.reference = r.donation_id AND p.state = 'paid' AND p.currency = r.currency
         ) AS kept
         WHERE r.amount_cents > kept.cents
           AND NOT EXISTS (SELECT FROM outbox o WHERE o.job = 'receipts.revise' AND o.died_at IS NULL
                             AND o.association_id = r.association_id AND o.payload ->> 'donationId' = r.donation_id::text)`,
});

defineCheck({
  name: 'receipts.numbers-without-gap',
  says: 'every year of an association has the receipt numbers from one to its counter, each once',
  sql: `SELECT COALESCE(r.association_id, c.association_id) AS association_id, NULL AS id,
               COALESCE(r.year, c.year) || ': ' || COALESCE(r.receipts, 0) || ' receipts, the last number is '
               || COALESCE(r.last, 0) || ', the counter is at ' || COALESCE(c.last_sequence, 0) AS detail
          FROM (SELECT association_id, year, count(DISTINCT sequence) AS receipts, max(sequence) AS last
                  FROM receipts GROUP BY association_id, year) AS r
          FULL JOIN receipt_counters c ON c.association_id = r.association_id AND c.year = r.year
         WHERE COALESCE(r.last, 0) <> COALESCE(c.last_sequence, 0) OR COALESCE(r.receipts, 0) <> COALESCE(r.last, 0)`,
});

defineCheck({
  name: 'receipts.live-until-cancelled',
  says: 'every receipt counts until it is cancelled, and no longer',
  sql: `SELECT r.association_id, r.id,
               CASE WHEN c.receipt_id IS NULL THEN 'not cancelled, and does not count' ELSE 'cancelled, and still counts' END AS detail
          FROM receipts r
          LEFT JOIN receipt_cancellations c ON c.association_id = r.association_id AND c.receipt_id = r.id
          LEFT JOIN living_receipts alive ON alive.association_id = r.association_id AND alive.receipt_id = r.id
         WHERE (c.receipt_id IS NULL) <> (alive.receipt_id IS NOT NULL)`,
});
