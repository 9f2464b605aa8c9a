import type { Money } from '../kernel/money.js';
import type { GiftParts, IncomeRole, LedgerEntry } from '../ledger/index.js';

/**
 * Of what goes back, how much is gift and how much contribution to the platform. The gift goes first; only what is
 * beyond it is taken from the contribution, and what is beyond both (a bank does not ask what was refunded before)
 * is the association's loss.
 * @param left what earlier returns left of both
 */
export function partsOfReturn(amount: Money, left: GiftParts): GiftParts {
  const beyondGift = amount.minus(least(amount, left.gift));
  const tip = least(beyondGift, left.tip);
  return { gift: amount.minus(tip), tip };
}

/** What the entries of earlier returns, undone or not, left of a payment's two parts; never below zero. */
export function partsLeft(whole: GiftParts, income: IncomeRole, entries: LedgerEntry[]): GiftParts {
  const lines = entries.flatMap((entry) => entry.lines);
  const leftOn = (account: string, part: Money) => {
    const left = lines
      .filter((line) => line.account === account)
      .reduce((sum, { debit, credit }) => sum.minus(debit).plus(credit), part);
    return left.isPositive() ? left : part.minus(part);
  };
  return { gift: leftOn(income, whole.gift), tip: leftOn('platform_tips', whole.tip) };
}

function least(a: Money, b: Money): Money {
  return a.compare(b) < 0 ? a : b;
}
