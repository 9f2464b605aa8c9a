import { StateMachine } from '../../kernel/state-machine.js';

export type PlanPeriodState = 'due' | 'charging' | 'paid' | 'failed' | 'skipped' | 'given_up';

/** One time that a plan falls due. */
export const planPeriodMachine = new StateMachine<PlanPeriodState>('plan_period', 'due', {
  // Its day has come. Never stored: it is charged or skipped in the same breath.
  due: ['charging', 'paid', 'skipped'],
  // A payment is under way.
  charging: ['paid', 'failed'],
  // Refused; to be tried again, or mended by the donor.
  failed: ['charging', 'paid', 'given_up'],
  // Not tried again by itself. The treasurer or the donor still may, and late money is money.
  given_up: ['failed', 'paid'],
  // We were away, or the donor had paused.
  skipped: [],
  paid: [],
});
