import { StateMachine } from '../../kernel/state-machine.js';
import { logger } from '../../platform/logging/logger.js';
import type { ProviderRefundStatus } from '../providers/payment-provider.js';

export type RefundState = 'requested' | 'sent' | 'settled' | 'failed' | 'cancelled';

/** Money on its way back to a donor. */
export const refundMachine = new StateMachine<RefundState>('refund', 'requested', {
  // Written down here, its amount reserved; the provider may or may not know of it yet.
  requested: ['sent', 'settled', 'failed', 'cancelled'],
  // The provider has it, and has not paid it out: it may still be cancelled.
  sent: ['settled', 'failed', 'cancelled'],
  // The money has left. The donor's bank may still send it back.
  settled: ['failed'],
  failed: [],
  cancelled: [],
});

/** Only `queued` and `pending` can still be cancelled; `processing` money has left the balance (docs.mollie.com, refunds). */
const MEANING: Record<Exclude<ProviderRefundStatus, 'unrecognised'>, RefundState> = {
  queued: 'sent',
  pending: 'sent',
  processing: 'settled',
  refunded: 'settled',
  failed: 'failed',
  canceled: 'cancelled',
};

/** What the provider's status means for a refund in `state`. News that would go backwards is no news. */
export function nextRefundState(state: RefundState, status: ProviderRefundStatus): RefundState {
  if (status === 'unrecognised') {
    logger.error('the provider uses a status of refunds that this version does not know');
    return state === 'requested' ? 'sent' : state;
  }
  const told = MEANING[status];
  return refundMachine.canMove(state, told) ? told : state;
}
