import type { Receipt } from './receipt.entity.js';
import type { ReturnFact } from './return-fact.js';

/** What a donor is told about money that went back. */
export type DonorNews =
  'refunded' | 'refund_failed' | 'refund_cancelled' | 'corrected' | 'disputed' | 'dispute_won';

/** What became of the receipt, as the mail says it. `attached`: it is in this mail. */
export type ReceiptNews =
  | { state: 'replaced' | 'issued'; number: string; amount: Receipt['amount']; voided: string | null }
  | { state: 'later'; voided: string | null }
  | { state: 'void'; voided: string }
  | { state: 'unchanged'; number: string; amount: Receipt['amount'] }
  | { state: 'none' };

export interface DonorNewsFacts {
  fact: ReturnFact;
  /** The refund is an entry of our own books: nobody is paid back. */
  isCorrection: boolean;
  touchesReceipt: boolean;
  /** Was the donor told that this money goes back? */
  wasTold: boolean;
}

/**
 * A refund is told always. That it failed after all concerns only who was told of it, or has another receipt by it;
 * what the donor's own bank did, only who has a receipt.
 */
export function donorNews({ fact, isCorrection, touchesReceipt, wasTold }: DonorNewsFacts): DonorNews | null {
  const isFollowed = touchesReceipt || wasTold;
  if (fact.kind === 'dispute') {
    if (fact.to === 'won') return isFollowed ? 'dispute_won' : null;
    return touchesReceipt ? 'disputed' : null;
  }
  if (isCorrection) return touchesReceipt ? 'corrected' : null;
  if (fact.to === 'settled') return 'refunded';
  if (!isFollowed) return null;
  return fact.to === 'failed' ? 'refund_failed' : 'refund_cancelled';
}

/** The fact that the donor was told of before this one. */
export function earlierFact({ kind, id }: ReturnFact): ReturnFact {
  return kind === 'refund' ? { kind, id, to: 'settled' } : { kind, id, to: 'opened' };
}

interface ReceiptsOfFact {
  cancelled: Receipt | null;
  issued: Receipt | null;
  /** Today's: other facts may have followed. */
  living: Receipt | null;
}

export function receiptNews({ cancelled, issued, living }: ReceiptsOfFact): ReceiptNews {
  const voided = cancelled?.number ?? issued?.snapshot.replacesNumber ?? null;
  if (issued) {
    const isThere = issued.pdfFileId !== null && living?.id === issued.id;
    if (!isThere) return { state: 'later', voided };
    const { number, amount } = issued;
    return { state: cancelled ? 'replaced' : 'issued', number, amount, voided };
  }
  if (voided !== null) return { state: 'void', voided };
  return living ? { state: 'unchanged', number: living.number, amount: living.amount } : { state: 'none' };
}
