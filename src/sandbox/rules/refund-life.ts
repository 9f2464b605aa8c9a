import { StateMachine } from '../../kernel/state-machine.js';

export const REFUND_STATUSES = ['queued', 'pending', 'processing', 'refunded', 'failed', 'canceled'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** `queued` waits for balance. A bank may still send the money back after `refunded`: then it has failed. */
export const refundLife = new StateMachine<RefundStatus>('refund', 'queued', {
  queued: ['pending', 'processing', 'refunded', 'failed', 'canceled'],
  pending: ['processing', 'refunded', 'failed', 'canceled'],
  processing: ['refunded', 'failed'],
  refunded: ['failed'],
  failed: [],
  canceled: [],
});
