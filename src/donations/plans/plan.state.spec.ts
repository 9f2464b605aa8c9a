import { describe, expect, it } from '@jest/globals';
import { planPeriodMachine, type PlanPeriodState } from './plan-period.state.js';
import { planMachine, type PlanState } from './plan.state.js';

const plan: Record<PlanState, PlanState[]> = {
  pending: ['active', 'ended'],
  active: ['paused', 'ended'],
  paused: ['active', 'ended'],
  ended: ['active'],
};

const period: Record<PlanPeriodState, PlanPeriodState[]> = {
  due: ['charging', 'paid', 'skipped'],
  charging: ['paid', 'failed'],
  failed: ['charging', 'paid', 'given_up'],
  given_up: ['failed', 'paid'],
  skipped: [],
  paid: [],
};

describe('the life of a plan', () => {
  for (const from of planMachine.states) {
    for (const to of planMachine.states) {
      const may = plan[from].includes(to);
      it(`${from} ${may ? 'may' : 'may not'} become ${to}`, () =>
        expect(planMachine.canMove(from, to)).toBe(may));
    }
  }
});

describe('the life of a period', () => {
  for (const from of planPeriodMachine.states) {
    for (const to of planPeriodMachine.states) {
      const may = period[from].includes(to);
      it(`${from} ${may ? 'may' : 'may not'} become ${to}`, () =>
        expect(planPeriodMachine.canMove(from, to)).toBe(may));
    }
  }

  it('ends where the money is, or where nothing was asked', () => {
    expect(planPeriodMachine.states.filter((state) => planPeriodMachine.isFinal(state)).sort()).toEqual([
      'paid',
      'skipped',
    ]);
  });
});
