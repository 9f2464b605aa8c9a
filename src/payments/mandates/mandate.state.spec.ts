import { describe, expect, it } from '@jest/globals';
import { mandateMachine, type MandateState } from './mandate.state.js';

const allowed: Record<MandateState, MandateState[]> = {
  pending: ['valid', 'invalid', 'revoked'],
  valid: ['invalid', 'revoked'],
  invalid: ['revoked'],
  revoked: [],
};

describe('the life of a mandate', () => {
  for (const from of mandateMachine.states) {
    for (const to of mandateMachine.states) {
      const may = allowed[from].includes(to);
      it(`${from} ${may ? 'may' : 'may not'} become ${to}`, () =>
        expect(mandateMachine.canMove(from, to)).toBe(may));
    }
  }
});
