import { amountSql } from '../platform/integrity/define-check.js';
import type { LedgerFact } from './posting.js';

export interface Booked {
  sourceType: string;
  adds: LedgerFact[];
  /** Facts that undo the others. */
  takes?: LedgerFact[];
}

/**
 * An integrity check: the rows whose amount is not what the book has for them, from either side.
 * @param what "settled refund"
 * @param expected rows of association_id, id, currency and cents
 */
export function notBookedSql(what: string, expected: string, booked: Booked): string {
  return `SELECT COALESCE(x.association_id, b.association_id) AS association_id, COALESCE(x.id, b.source_id) AS id,
                 '${what} of ' || ${amountSql('COALESCE(x.cents, 0)', 'COALESCE(x.currency, b.currency)')}
                 || ', booked ' || ${amountSql('COALESCE(b.cents, 0)', 'COALESCE(b.currency, x.currency)')} AS detail
            FROM (${expected}) AS x
            FULL JOIN (${bookedSql(booked)}) AS b ON b.association_id = x.association_id AND b.source_id = x.id
           WHERE COALESCE(x.cents, 0) <> COALESCE(b.cents, 0) OR x.currency <> b.currency`;
}

/** What was booked for each source of one type. */
function bookedSql({ sourceType, adds, takes = [] }: Booked): string {
  return `SELECT e.association_id, e.source_id, e.currency,
                 sum(CASE WHEN e.fact IN (${list(adds)}) THEN l.debit_cents ELSE -l.debit_cents END) AS cents
            FROM ledger_entries e JOIN ledger_lines l ON l.association_id = e.association_id AND l.entry_id = e.id
           WHERE e.source_type = '${sourceType}' AND e.fact IN (${list([...adds, ...takes])})
           GROUP BY e.association_id, e.source_id, e.currency`;
}

const list = (facts: LedgerFact[]): string => facts.map((fact) => `'${fact}'`).join(', ');
