import { StateMachine } from '../kernel/state-machine.js';

export type DonationState = 'pending' | 'paid' | 'failed' | 'canceled' | 'expired';

/** A gift, which may take several attempts to pay. Any attempt that is paid makes it paid. */
export const donationMachine = new StateMachine<DonationState>('donation', 'pending', {
  // An attempt is under way, or about to be.
  pending: ['paid', 'failed', 'canceled', 'expired'],
  // The association has the money. Refunds and disputes are facts of their own.
  paid: [],
  // The last attempt came to nothing; the donor may try again.
  failed: ['pending', 'paid'],
  canceled: ['pending', 'paid'],
  expired: ['pending', 'paid'],
});
