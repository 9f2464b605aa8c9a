import { amountSql, defineCheck } from '../platform/integrity/define-check.js';

defineCheck({
  name: 'donations.paid-by-payments',
  says: 'every paid gift has a paid payment of its amount and contribution, and no other gift has',
  sql: `SELECT d.association_id, d.id,
               d.state || ' gift of ' || ${amountSql('d.amount_cents + d.tip_cents', 'd.currency')} || ' has '
               || count(p.id) || ' paid payments, together ' || ${amountSql('COALESCE(sum(p.amount_cents), 0)', 'd.currency')} AS detail
          FROM donations d
          LEFT JOIN payments p ON p.association_id = d.association_id AND p.reference = d.id AND p.state = 'paid'
         GROUP BY d.association_id, d.id
        HAVING (d.state = 'paid') <> (count(p.id) > 0)
            OR bool_or(p.amount_cents <> d.amount_cents + d.tip_cents OR p.application_fee_cents <> d.tip_cents OR p.currency <> d.currency)`,
});

defineCheck({
  name: 'donations.payments-have-gifts',
  says: 'every paid payment is that of a gift',
  sql: `SELECT p.association_id, p.id, 'payment of ' || ${amountSql('p.amount_cents', 'p.currency')} || ' is for nothing' AS detail
          FROM payments p
         WHERE p.state = 'paid'
           AND NOT EXISTS (SELECT FROM donations d WHERE d.association_id = p.association_id AND d.id = p.reference)`,
});
