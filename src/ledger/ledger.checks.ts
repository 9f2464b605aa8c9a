import { amountSql, defineCheck } from '../platform/integrity/define-check.js';

defineCheck({
  name: 'ledger.entries-balance',
  says: 'every ledger entry has all of its lines, and their debits are their credits',
  sql: `SELECT e.association_id, e.id, e.fact || ': ' || count(l.position) || ' of ' || e.line_count || ' lines, debit '
               || ${amountSql('COALESCE(sum(l.debit_cents), 0)', 'e.currency')} || ', credit '
               || ${amountSql('COALESCE(sum(l.credit_cents), 0)', 'e.currency')} AS detail
          FROM ledger_entries e
          LEFT JOIN ledger_lines l ON l.association_id = e.association_id AND l.entry_id = e.id
         GROUP BY e.association_id, e.id
        HAVING count(l.position) <> e.line_count OR sum(l.debit_cents) <> sum(l.credit_cents)`,
});

defineCheck({
  name: 'ledger.lines-have-entries',
  says: 'every ledger line belongs to an entry of its association',
  sql: `SELECT l.association_id, l.entry_id AS id, 'line ' || l.position || ' on ' || l.account || ' has no entry' AS detail
          FROM ledger_lines l
         WHERE NOT EXISTS (SELECT FROM ledger_entries e WHERE e.association_id = l.association_id AND e.id = l.entry_id)`,
});

defineCheck({
  name: 'ledger.one-currency',
  says: 'every ledger line is in the currency of its entry',
  sql: `SELECT l.association_id, l.entry_id AS id,
               'line ' || l.position || ' is in ' || l.currency || ', its entry in ' || e.currency AS detail
          FROM ledger_lines l JOIN ledger_entries e ON e.association_id = l.association_id AND e.id = l.entry_id
         WHERE l.currency <> e.currency`,
});
