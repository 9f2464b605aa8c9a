import { Injectable } from '@nestjs/common';
import type { PlanPeriod } from './plan-period.entity.js';
import { planPeriodMachine, type PlanPeriodState } from './plan-period.state.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';

/** The only place where a period changes its state. Its plan is locked by the caller. */
@Injectable()
export class MovePeriod {
  constructor(private readonly periods: PlanPeriodsRepository) {}

  /** @returns false when it was there already @throws DomainError `plan_period_transition_refused` */
  async run(period: PlanPeriod, to: PlanPeriodState, facts: Partial<PlanPeriod> = {}): Promise<boolean> {
    if (period.state === to) return false;
    planPeriodMachine.assertMove(period.state, to);
    await this.periods.move(period, { nextAttemptOn: null, ...facts, state: to });
    return true;
  }

  /** What was to be tried again is not, any more. @returns the period that was given up */
  async giveUpFailed(planId: string): Promise<PlanPeriod | undefined> {
    const latest = await this.periods.latest(planId);
    if (latest?.state !== 'failed') return undefined;
    await this.run(latest, 'given_up');
    return latest;
  }
}
