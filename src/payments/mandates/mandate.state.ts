import { StateMachine } from '../../kernel/state-machine.js';

export type MandateState = 'pending' | 'valid' | 'invalid' | 'revoked';

/** A donor's leave to be charged again. */
export const mandateMachine = new StateMachine<MandateState>('mandate', 'pending', {
  // Its first payment is not made, or the provider has not said its last word. Chargeable once that payment is paid.
  pending: ['valid', 'invalid', 'revoked'],
  valid: ['invalid', 'revoked'],
  // Ended by the provider or the bank.
  invalid: ['revoked'],
  // Ended by us: replaced, or the donor stopped.
  revoked: [],
});
