import { describe, expect, it } from '@jest/globals';
import { donationMachine, type DonationState } from './donation.state.js';

const allowed: Record<DonationState, DonationState[]> = {
  pending: ['paid', 'failed', 'canceled', 'expired'],
  paid: [],
  failed: ['pending', 'paid'],
  canceled: ['pending', 'paid'],
  expired: ['pending', 'paid'],
};

describe('the life of a donation', () => {
  for (const from of donationMachine.states) {
    for (const to of donationMachine.states) {
      const may = allowed[from].includes(to);
      it(`${from} ${may ? 'may' : 'may not'} become ${to}`, () =>
        expect(donationMachine.canMove(from, to)).toBe(may));
    }
  }

  it('ends only where the money is', () => {
    expect(donationMachine.states.filter((state) => donationMachine.isFinal(state))).toEqual(['paid']);
  });
});
