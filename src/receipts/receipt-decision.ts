import type { LegalDate } from '../kernel/clock.js';

/** Why a gift has no receipt; the pages and mails word it. */
export type NoReceiptReason = 'not_requested' | 'not_eligible' | 'address_missing' | 'money_returned';

export interface ReceiptFacts {
  wantsReceipt: boolean;
  hasAddress: boolean;
  /** Is the association entitled to issue receipts on the day of the payment? */
  associationIsEligible: boolean;
  moneyReturned: boolean;
  paidOn: LegalDate;
}

/** One paid gift: a receipt, or the first reason why not. */
export function decideReceipt(facts: ReceiptFacts): NoReceiptReason | null {
  if (!facts.associationIsEligible) return 'not_eligible';
  if (!facts.wantsReceipt) return 'not_requested';
  if (!facts.hasAddress) return 'address_missing';
  if (facts.moneyReturned) return 'money_returned';
  return null;
}
