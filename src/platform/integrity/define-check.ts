export interface IntegrityCheck {
  /** Dotted and stable: `ledger.entries-balance`. */
  name: string;
  /** The rule, as a sentence that holds in a healthy database. */
  says: string;
  /**
   * The rows that break it: association_id, id, detail. Read across tenants; one statement, so one snapshot.
   * The detail holds states and amounts, never personal data: it goes to a terminal and to the log.
   */
  sql: string;
}

const defined = new Map<string, IntegrityCheck>();

/** Each module declares in its `x.checks.ts` what must be true of its tables, and its module file imports that. */
export function defineCheck(check: IntegrityCheck): IntegrityCheck {
  if (defined.has(check.name)) throw new Error(`The check ${check.name} is defined twice.`);
  defined.set(check.name, check);
  return check;
}

/** By name. */
export function definedChecks(): IntegrityCheck[] {
  return [...defined.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** For `detail`: 1250 cents are "12.50 EUR". */
export function amountSql(cents: string, currency: string): string {
  return `(trim(to_char((${cents})::numeric / 100, '9999999999990.00')) || ' ' || ${currency})`;
}
