import { Inject, Injectable } from '@nestjs/common';
import { RaiseAlert } from '../../alerts/index.js';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { EndPlan } from './end-plan.js';
import { failureKind, nextAttemptOn } from './failure-kind.js';
import { MovePeriod } from './move-period.js';
import type { PlanPeriod } from './plan-period.entity.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import type { Plan } from './plan.entity.js';
import { TellDonor } from './tell-donor.js';

/** What came of a charge without the donor. In the unit that holds the plan. */
@Injectable()
export class TakeCharge {
  constructor(
    private readonly periods: PlanPeriodsRepository,
    private readonly movePeriod: MovePeriod,
    private readonly endPlan: EndPlan,
    private readonly tellDonor: TellDonor,
    private readonly raiseAlert: RaiseAlert,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async paid(period: PlanPeriod): Promise<void> {
    await this.movePeriod.run(period, 'paid');
  }

  async failed(plan: Plan, period: PlanPeriod, reason: string | null): Promise<void> {
    if (period.state !== 'charging') return;
    const today = legalDate(this.clock.now());
    const firstFailedOn = period.firstFailedOn ?? today;
    const kind = failureKind(reason);
    const next = nextAttemptOn(kind, firstFailedOn, today);
    const isTriedAgain = plan.state === 'active' && next !== null && next < plan.nextDueOn!;
    await this.movePeriod.run(period, 'failed', {
      failureKind: kind,
      failureReason: reason,
      firstFailedOn,
      nextAttemptOn: isTriedAgain ? next : null,
    });
    if (!isTriedAgain) return this.notAgain(plan, period);
    if (kind === 'soft') await this.tellDonor.run(plan, 'failed', `${period.dueOn}-${period.attempts}`);
  }

  private async notAgain(plan: Plan, period: PlanPeriod): Promise<void> {
    await this.movePeriod.run(period, 'given_up');
    if (plan.state !== 'active') return;
    if (period.failureKind === 'ours') return this.alert(period);
    if (period.failureKind === 'hard') await this.endPlan.run(plan, 'payment_refused');
    else if (await this.isSecondInARow(period)) await this.endPlan.run(plan, 'unpaid');
    else await this.tellDonor.run(plan, 'gave_up', period.dueOn);
  }

  /** Neither the donor nor their bank can do anything about it. */
  private async alert({ planId, dueOn, failureReason }: PlanPeriod): Promise<void> {
    await this.raiseAlert.run({
      kind: 'charge_failed',
      subject: { type: 'plan', id: planId },
      details: { dueOn, reason: failureReason },
      occasion: dueOn,
    });
  }

  /** Four refusals in each of two periods: going on would only cost the donor fees. */
  private async isSecondInARow(period: PlanPeriod): Promise<boolean> {
    const before = await this.periods.before(period);
    return before?.state === 'given_up' && before.failureKind === 'soft';
  }
}
