import { StateMachine } from '../../kernel/state-machine.js';

export type DisputeState = 'opened' | 'won' | 'lost';

/** A chargeback: the donor's bank took the money back. */
export const disputeMachine = new StateMachine<DisputeState>('dispute', 'opened', {
  // The money is gone; the bank may yet return it.
  opened: ['won', 'lost'],
  // The bank gave it back.
  won: [],
  // Nobody counts on it any more. Should the bank return it all the same, money is money.
  lost: ['won'],
});

/**
 * A chargeback that nobody reversed for so long counts as lost. Card schemes end their own procedures within some
 * 120 days; SEPA returns are final at once. The books change with neither: the money left when it was taken.
 */
export const LOST_AFTER_DAYS = 120;
