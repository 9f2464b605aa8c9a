import { defineEvent } from '../platform/events/domain-events.js';
import type { DisputeState } from './disputes/dispute.state.js';
import type { PaymentState } from './payment.state.js';
import type { PaymentSequence } from './providers/payment-provider.js';
import type { RefundState } from './refunds/refund.state.js';

export type { DisputeState, RefundState };

/** Ids and states; a listener that needs more reads it. */
export interface PaymentMovedPayload {
  associationId: string;
  paymentId: string;
  /** What the payment is for. */
  reference: string;
  sequence: PaymentSequence;
  /** Of a `first` or `recurring` payment. */
  mandateId: string | null;
  from: PaymentState;
  to: PaymentState;
  paidAt: Date | null;
}

/** Published in the transaction that moves the payment. */
export const PaymentMoved = defineEvent<PaymentMovedPayload>('payment.moved');

export interface RefundMovedPayload {
  associationId: string;
  refundId: string;
  paymentId: string;
  /** What the payment is for. */
  reference: string;
  /** Null when it is first heard of. */
  from: RefundState | null;
  to: RefundState;
}

/** Published in the transaction that moves a refund, ours or one first seen at the provider. */
export const RefundMoved = defineEvent<RefundMovedPayload>('refund.moved');

export interface DisputeMovedPayload {
  associationId: string;
  disputeId: string;
  paymentId: string;
  reference: string;
  from: DisputeState | null;
  to: DisputeState;
}

/** Published in the transaction in which a chargeback is first heard of, reversed, or lost for good. */
export const DisputeMoved = defineEvent<DisputeMovedPayload>('dispute.moved');
