import type { DisputeState, RefundState } from '../payments/index.js';
import type { CancelCode } from './cancel-receipt.js';

/** One move of a refund or a dispute: why a receipt is looked at again, and what people are told. Carried by jobs. */
export type ReturnFact =
  { kind: 'refund'; id: string; to: RefundState } | { kind: 'dispute'; id: string; to: DisputeState };

/** Unique per fact: dealt with once, and once told to each. */
export function factKey({ kind, id, to }: ReturnFact): string {
  return `${kind}-${to}:${id}`;
}

/** @param isCorrection the refund is an entry of our own books: nobody is paid back */
export function cancelCode(fact: ReturnFact, isCorrection: boolean): CancelCode {
  if (fact.kind === 'dispute') return fact.to === 'won' ? 'dispute_won' : 'dispute';
  if (isCorrection) return 'correction';
  return fact.to === 'settled' ? 'refund' : 'refund_failed';
}
