import { defineEvent } from '../platform/events/domain-events.js';
import type { PaymentState } from './payment.state.js';

/** Ids and states; a listener that needs more reads it. */
export interface PaymentMovedPayload {
  associationId: string;
  paymentId: string;
  /** What the payment is for. */
  reference: string;
  from: PaymentState;
  to: PaymentState;
  paidAt: Date | null;
}

/** Published in the transaction that moves the payment. */
export const PaymentMoved = defineEvent<PaymentMovedPayload>('payment.moved');
