import { StateMachine } from '../../kernel/state-machine.js';

export type PlanState = 'pending' | 'active' | 'paused' | 'ended';

/** A promise to give again and again. */
export const planMachine = new StateMachine<PlanState>('plan', 'pending', {
  // The first payment is not made yet.
  pending: ['active', 'ended'],
  // Charged when it falls due.
  active: ['paused', 'ended'],
  // Not charged, until a day or until somebody says so.
  paused: ['active', 'ended'],
  // Never charged again, unless the donor takes it up by a payment of their own, which makes a new mandate.
  ended: ['active'],
});
