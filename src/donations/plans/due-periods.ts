import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../../kernel/clock.js';
import { PaymentQueries, type Attempt } from '../../payments/index.js';
import { isUndecided } from '../donation-attempts.js';
import { daysFrom, dueNow } from './due-dates.js';
import { MovePeriod } from './move-period.js';
import type { PlanPeriod } from './plan-period.entity.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import { dueRule } from './plan-rules.js';
import type { Plan } from './plan.entity.js';
import { PlansRepository } from './plans.repository.js';
import { StartPeriod } from './start-period.js';

/** Which payment an active plan's day asks for, at most one. In the unit that holds the plan. */
@Injectable()
export class DuePeriods {
  constructor(
    private readonly plans: PlansRepository,
    private readonly periods: PlanPeriodsRepository,
    private readonly movePeriod: MovePeriod,
    private readonly startPeriod: StartPeriod,
    private readonly payments: PaymentQueries,
  ) {}

  async attemptFor(plan: Plan, today: LegalDate): Promise<Attempt | undefined> {
    const latest = await this.periods.latest(plan.id);
    // Killed before the provider's answer was written down: asked again, with the same key. A new period waits.
    if (latest?.state === 'charging') return this.unanswered(latest);
    if (plan.nextDueOn! <= today) return this.newest(plan, latest, today);
    if (latest?.state === 'failed' && latest.nextAttemptOn !== null && latest.nextAttemptOn <= today)
      return this.again(plan, latest, today);
    return undefined;
  }

  private async newest(
    plan: Plan,
    latest: PlanPeriod | null,
    today: LegalDate,
  ): Promise<Attempt | undefined> {
    if (latest?.state === 'failed') await this.movePeriod.run(latest, 'given_up');
    const { charge, missed, nextDueOn } = dueNow(plan.nextDueOn!, dueRule(plan), today);
    await this.periods.insertSkipped(plan.id, missed, 'downtime');
    await this.plans.update(plan, { nextDueOn, chargeStagedAt: null });
    return charge === null ? undefined : this.startPeriod.begin(plan, charge);
  }

  private async again(plan: Plan, failed: PlanPeriod, today: LegalDate): Promise<Attempt | undefined> {
    await this.plans.update(plan, { chargeStagedAt: null });
    // The donor is at the checkout for this very gift: nobody is debited twice.
    const attempts = await this.payments.attemptsFor(failed.donationId!);
    if (!attempts.some(isUndecided)) return this.startPeriod.again(plan, failed);
    await this.periods.update(failed, { nextAttemptOn: daysFrom(today, 1) });
    return undefined;
  }

  private async unanswered({ donationId }: PlanPeriod): Promise<Attempt | undefined> {
    const [latest] = await this.payments.attemptsFor(donationId!);
    return latest?.state === 'created' ? latest : undefined;
  }
}
