import { describe, expect, it } from '@jest/globals';
import { Money } from '../kernel/money.js';
import type { LedgerEntry } from '../ledger/index.js';
import { partsLeft, partsOfReturn } from './return-parts.js';

const parts = (gift: number, tip: number) => ({ gift: Money.of(gift), tip: Money.of(tip) });
const entry = (lines: Array<[account: string, debit: number, credit: number]>) =>
  ({
    lines: lines.map(([account, debit, credit]) => ({
      account,
      debit: Money.of(debit),
      credit: Money.of(credit),
    })),
  }) as LedgerEntry;

describe('money that goes back', () => {
  it.each([
    ['a part of the gift', 2_000, [5_000, 500], [2_000, 0]],
    ['the whole gift', 5_000, [5_000, 500], [5_000, 0]],
    ['gift and contribution', 5_500, [5_000, 500], [5_000, 500]],
    ['more than an earlier refund left', 5_500, [3_000, 500], [5_000, 500]],
    ['after everything went back', 5_500, [0, 0], [5_500, 0]],
    ['without a contribution', 5_000, [5_000, 0], [5_000, 0]],
  ])(
    '%s: the gift first, then the contribution, the rest is a loss of gifts',
    (_what, amount, left, taken) => {
      expect(partsOfReturn(Money.of(amount), parts(left[0]!, left[1]!))).toEqual(parts(taken[0]!, taken[1]!));
    },
  );

  it('what is left is what the book says, returns that were undone included', () => {
    const refund = entry([
      ['gifts', 2_000, 0],
      ['provider_balance', 0, 2_000],
    ]);
    const failed = entry([
      ['provider_balance', 2_000, 0],
      ['gifts', 0, 2_000],
    ]);
    expect(partsLeft(parts(5_000, 500), 'gifts', [refund])).toEqual(parts(3_000, 500));
    expect(partsLeft(parts(5_000, 500), 'gifts', [refund, failed])).toEqual(parts(5_000, 500));
    expect(partsLeft(parts(1_000, 0), 'gifts', [refund])).toEqual(parts(0, 0));
  });
});
