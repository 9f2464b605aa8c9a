import type { LegalDate } from '../kernel/clock.js';
import type { Money } from '../kernel/money.js';
import type { ReceivedMoney } from '../payments/index.js';

/** Why a gift has no receipt; the pages and mails word it. */
export type NoReceiptReason =
  'not_requested' | 'not_eligible' | 'address_missing' | 'money_returned' | 'refund_under_way';

export interface ReceiptFacts {
  wantsReceipt: boolean;
  hasAddress: boolean;
  /** Is the association entitled to issue receipts on the day of the payment? */
  associationIsEligible: boolean;
  /** What a receipt would say today. */
  receiptable: Money;
  /** Is money of it on its way back? Then a new receipt would be void in a moment. */
  isLeaving: boolean;
  paidOn: LegalDate;
}

/** One paid gift: a receipt, or the first reason why not. */
export function decideReceipt(facts: ReceiptFacts): NoReceiptReason | null {
  if (!facts.associationIsEligible) return 'not_eligible';
  if (!facts.wantsReceipt) return 'not_requested';
  if (!facts.hasAddress) return 'address_missing';
  if (!facts.receiptable.isPositive()) return 'money_returned';
  if (facts.isLeaving) return 'refund_under_way';
  return null;
}

/** The gift as far as it is still there: what was paid twice makes it no greater, what went back makes it less. */
export function receiptableAmount(gift: Money, kept: Money): Money {
  return kept.compare(gift) < 0 ? kept : gift;
}

/** The box of form 2041-RD. A transfer and whatever came through a provider share one. */
export function printedMeans(method: ReceivedMoney['method']): 'cash' | 'cheque' | 'card_transfer_debit' {
  return method === 'cash' || method === 'cheque' ? method : 'card_transfer_debit';
}
