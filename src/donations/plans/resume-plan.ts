import { Inject, Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { legalDate, type Clock, type LegalDate } from '../../kernel/clock.js';
import { publicId } from '../../kernel/ids.js';
import { CLOCK } from '../../platform/clock.token.js';
import { daysFrom, nextDue } from './due-dates.js';
import { MovePlan } from './move-plan.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import { dueRule } from './plan-rules.js';
import type { Plan } from './plan.entity.js';
import { planEnded, planNotBegun } from './plans.errors.js';
import { PlansRepository } from './plans.repository.js';
import { TellDonor } from './tell-donor.js';

/** Ends a pause. What fell due during it stays unpaid; nothing is debited on the day of the click. */
@Injectable()
export class ResumePlan {
  constructor(
    private readonly plans: PlansRepository,
    private readonly movePlan: MovePlan,
    private readonly periods: PlanPeriodsRepository,
    private readonly tellDonor: TellDonor,
    private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In a unit. @throws DomainError `plan_not_found`, `plan_ended`, `plan_not_begun` */
  async run(planId: string, actor: string): Promise<Plan> {
    const plan = await this.plans.getForUpdate(planId);
    if (plan.state === 'ended') throw planEnded();
    if (plan.state === 'pending') throw planNotBegun();
    if (plan.state === 'active') return plan;
    const eventId = await this.from(plan, daysFrom(legalDate(this.clock.now()), 1));
    await this.tellDonor.run(plan, 'resumed', eventId!);
    await this.journal.record({ actor, action: 'plan.resumed', subject: publicId('plan', planId) });
    return plan;
  }

  /** In the unit that holds the plan. @param day the first on which it may be charged @returns the event's id */
  async from(plan: Plan, day: LegalDate): Promise<string | undefined> {
    const missed: LegalDate[] = [];
    let due = plan.nextDueOn!;
    for (; due < day; due = nextDue(due, dueRule(plan))) missed.push(due);
    await this.periods.insertSkipped(plan.id, missed, 'paused');
    return this.movePlan.run(plan, 'active', { nextDueOn: due, chargeStagedAt: null });
  }
}
