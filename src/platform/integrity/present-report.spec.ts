import { describe, expect, it } from '@jest/globals';
import { integrityJson, integrityText } from './present-report.js';
import type { CheckResult } from './run-checks.js';

const fine: CheckResult = {
  name: 'ledger.entries-balance',
  says: 'every entry balances',
  count: 0,
  rows: [],
};
const row = { associationId: 'a1', id: 'p1', detail: 'paid 53.00 EUR, the ledger has 50.00 EUR' };
const broken: CheckResult = { name: 'payments.in-ledger', says: 'the ledger has it', count: 22, rows: [row] };

describe('the report of the checks', () => {
  it('of a healthy database is clean', () => {
    expect(integrityText([fine])).toBe(
      'ok     ledger.entries-balance  every entry balances\n\nclean: 1 checks hold',
    );
    expect(JSON.parse(integrityJson([fine]))).toEqual({ integrity: 'clean', checks: 1, broken: [] });
  });

  it('names what is wrong, where, and how much more there is', () => {
    expect(integrityText([fine, broken]).split('\n')).toEqual([
      'ok     ledger.entries-balance  every entry balances',
      'WRONG  payments.in-ledger      the ledger has it',
      '         paid 53.00 EUR, the ledger has 50.00 EUR  [p1]  association a1',
      '         … and 21 more',
      '',
      '1 of 2 checks found something wrong: payments.in-ledger',
    ]);
    expect(JSON.parse(integrityJson([fine, broken]))).toEqual({
      integrity: 'broken',
      checks: 2,
      broken: [broken],
    });
  });

  it('in JSON is one line', () => expect(integrityJson([fine, broken])).not.toContain('\n'));
});
