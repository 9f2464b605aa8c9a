import type { Money } from '../kernel/money.js';
import type { IncomeRole, LedgerRole } from './ledger-accounts.js';
import type { PostingLine } from './posting.js';

/** The association's part and the contribution to the platform beside it: together what the donor paid or gets back. */
export interface GiftParts {
  gift: Money;
  tip: Money;
}

/** How a gift arrived that no payment provider has seen. */
export type OfflineMeans = 'cheque' | 'cash' | 'transfer';

const ARRIVES_ON: Record<OfflineMeans, LedgerRole> = {
  cheque: 'cheques_to_deposit',
  cash: 'cash',
  transfer: 'bank',
};

const debit = (account: LedgerRole, amount: Money): PostingLine => ({ account, debit: amount });
const credit = (account: LedgerRole, amount: Money): PostingLine => ({ account, credit: amount });
const transfer = (from: LedgerRole, to: LedgerRole, amount: Money): PostingLine[] => [
  debit(to, amount),
  credit(from, amount),
];

/** Fact `gift_settled`: the provider holds what the donor paid. */
export function giftSettled({ gift, tip, income }: GiftParts & { income: IncomeRole }): PostingLine[] {
  return [debit('provider_balance', gift.plus(tip)), credit(income, gift), credit('platform_tips', tip)];
}

/** Fact `tip`: the provider takes the contribution at once, as its application fee. */
export function tipTaken(tip: Money): PostingLine[] {
  return transfer('provider_balance', 'platform_tips', tip);
}

/** Fact `provider_fee`. */
export function providerFee(fee: Money): PostingLine[] {
  return transfer('provider_balance', 'provider_fees', fee);
}

/** Facts `refund` and `dispute`: money goes back to the donor out of what the provider holds. */
export function moneyReturned(parts: GiftParts & { income: IncomeRole }): PostingLine[] {
  return reversed(giftSettled(parts));
}

/** Fact `payout`: the provider pays out to the association's bank account. */
export function payout(amount: Money): PostingLine[] {
  return transfer('provider_balance', 'bank', amount);
}

/**
 * Fact `payout_difference`: what a payout does not explain waits on an account of its own, and is not hidden.
 * @param explained sum of the facts that the payout is made of
 * @param paidOut what arrived
 */
export function payoutDifference(explained: Money, paidOut: Money): PostingLine[] {
  return explained.compare(paidOut) > 0
    ? transfer('provider_balance', 'payout_differences', explained.minus(paidOut))
    : transfer('payout_differences', 'provider_balance', paidOut.minus(explained));
}

/** Fact `offline_gift`. */
export function offlineGift(gift: Money, means: OfflineMeans, income: IncomeRole): PostingLine[] {
  return transfer(income, ARRIVES_ON[means], gift);
}

/** Fact `offline_deposit`: cheques or cash are brought to the bank. */
export function offlineDeposit(amount: Money, means: Exclude<OfflineMeans, 'transfer'>): PostingLine[] {
  return transfer(ARRIVES_ON[means], 'bank', amount);
}

/** Facts `refund_failed`, `dispute_won`, `correction`, and whatever undoes another entry: each line on its other side. */
export function reversed(lines: PostingLine[]): PostingLine[] {
  return lines.map((line) =>
    line.debit ? credit(line.account, line.debit) : debit(line.account, line.credit),
  );
}
