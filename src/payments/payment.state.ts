import { StateMachine } from '../kernel/state-machine.js';

export type PaymentState =
  'created' | 'open' | 'pending' | 'authorized' | 'paid' | 'failed' | 'canceled' | 'expired';

/** One attempt to pay. Refunds and disputes do not change its state: paid stays paid (mollie.com, payment status changes). */
export const paymentMachine = new StateMachine<PaymentState>('payment', 'created', {
  // Written down here; the provider may or may not know of it yet.
  created: ['open', 'pending', 'authorized', 'paid', 'failed', 'canceled', 'expired'],
  // The donor has a checkout page.
  open: ['pending', 'authorized', 'paid', 'failed', 'canceled', 'expired'],
  // The bank has not said its last word: transfers and direct debits take days.
  pending: ['paid', 'failed', 'canceled', 'expired'],
  // Reserved on a card, not collected. We never ask for it; if it comes, it is not money yet.
  authorized: ['paid', 'failed', 'canceled', 'expired'],
  // The money is the association's.
  paid: [],
  failed: [],
  canceled: [],
  // Ended by the provider, or by us when nobody took the attempt up. Money that comes all the same is money.
  expired: ['paid'],
});
