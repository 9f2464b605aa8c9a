import type { LedgerFact } from './posting.js';

export interface Booked {
  sourceType: string;
  adds: LedgerFact[];
  /** Facts that undo the others. */
  takes?: LedgerFact[];
}

/**
 * For integrity checks: what the book says was moved for each row of one kind, as association_id, source_id, currency
 * and cents. A row without entries is not there.
 */
export function bookedSql({ sourceType, adds, takes = [] }: Booked): string {
  return `SELECT e.association_id, e.source_id, e.currency,
                 sum(CASE WHEN e.fact IN (${list(adds)}) THEN l.debit_cents ELSE -l.debit_cents END) AS cents
            FROM ledger_entries e JOIN ledger_lines l ON l.association_id = e.association_id AND l.entry_id = e.id
           WHERE e.source_type = '${sourceType}' AND e.fact IN (${list([...adds, ...takes])})
           GROUP BY e.association_id, e.source_id, e.currency`;
}

const list = (facts: LedgerFact[]): string => facts.map((fact) => `'${fact}'`).join(', ');
