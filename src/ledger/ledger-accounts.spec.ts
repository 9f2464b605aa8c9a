import { describe, expect, it } from '@jest/globals';
import { INCOME_ROLES, LEDGER_ACCOUNTS, LEDGER_ROLES, accountNumberFault } from './ledger-accounts.js';

describe('the accounts', () => {
  it('have numbers of the chart that an association might also have typed', () => {
    expect(
      LEDGER_ROLES.filter((role) => accountNumberFault(role, LEDGER_ACCOUNTS[role].number) !== undefined),
    ).toEqual([]);
  });

  it('have a number each', () =>
    expect(new Set(LEDGER_ROLES.map((role) => LEDGER_ACCOUNTS[role].number)).size).toBe(LEDGER_ROLES.length));

  it('take income on class 7 and hold money on class 5', () => {
    expect(INCOME_ROLES.map((role) => LEDGER_ACCOUNTS[role].number[0])).toEqual(['7', '7', '7']);
    for (const role of ['provider_balance', 'bank', 'cheques_to_deposit', 'cash'] as const)
      expect(LEDGER_ACCOUNTS[role].number[0]).toBe('5');
  });
});

describe('an association’s own number', () => {
  it.each(['754', '754110', '741234567890'])('%s is one for gifts', (number) =>
    expect(accountNumberFault('gifts', number)).toBeUndefined(),
  );

  it.each(['', '75', '7541234567890', '754A', ' 754', '754.1', '٧٥٤'])('"%s" is none', (number) =>
    expect(accountNumberFault('gifts', number)).toBe('malformed_account_number'),
  );

  it('stays in its class', () => {
    expect(accountNumberFault('gifts', '5115')).toBe('other_account_class');
    expect(accountNumberFault('bank', '7541')).toBe('other_account_class');
  });
});
