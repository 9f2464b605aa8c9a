import { notBookedSql } from '../ledger/index.js';
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

defineCheck({
  name: 'donations.deposits-in-ledger',
  says: 'every deposit of cheques or cash is in the ledger with the sum of its gifts',
  sql: notBookedSql(
    'deposit',
    `SELECT i.association_id, i.deposit_id AS id, d.currency, sum(d.amount_cents) AS cents
       FROM deposit_items i JOIN donations d ON d.association_id = i.association_id AND d.id = i.donation_id
      GROUP BY i.association_id, i.deposit_id, d.currency`,
    { sourceType: 'deposit', adds: ['offline_deposit'] },
  ),
});

defineCheck({
  name: 'donations.periods-as-gifts',
  says: 'every period of a plan is paid when its gift is, and no other is',
  sql: `SELECT p.association_id, p.plan_id AS id, 'period of ' || p.due_on || ' is ' || p.state || ', its gift ' || d.state AS detail
          FROM plan_periods p JOIN donations d ON d.association_id = p.association_id AND d.id = p.donation_id
         WHERE (p.state = 'paid') <> (d.state = 'paid')`,
});

defineCheck({
  name: 'donations.plans-go-on',
  says: 'every active plan is charged, and every charge that failed is tried again, within three days of its day',
  sql: `SELECT association_id, id, 'active plan was due on ' || next_due_on AS detail
          FROM plans WHERE state = 'active' AND next_due_on < CURRENT_DATE - 3
        UNION ALL
        SELECT p.association_id, p.plan_id, 'period of ' || p.due_on || ' was to be tried again on ' || p.next_attempt_on
          FROM plan_periods p JOIN plans ON plans.association_id = p.association_id AND plans.id = p.plan_id AND plans.state = 'active'
         WHERE p.state = 'failed' AND p.next_attempt_on < CURRENT_DATE - 3`,
});
