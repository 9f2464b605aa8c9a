import { StateMachine } from '../../kernel/state-machine.js';

export const PAYMENT_STATUSES = [
  'open',
  'pending',
  'authorized',
  'paid',
  'failed',
  'canceled',
  'expired',
] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** docs.mollie.com "Payment status changes". A refund or a chargeback leaves a payment `paid`. */
export const paymentLife = new StateMachine<PaymentStatus>('payment', 'open', {
  open: ['pending', 'authorized', 'paid', 'failed', 'canceled', 'expired'],
  pending: ['paid', 'failed', 'canceled', 'expired'],
  authorized: ['paid', 'canceled', 'expired'],
  paid: [],
  failed: [],
  canceled: [],
  expired: [],
});
