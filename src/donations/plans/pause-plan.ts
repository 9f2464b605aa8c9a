import { Inject, Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { newId, publicId } from '../../kernel/ids.js';
import { CLOCK } from '../../platform/clock.token.js';
import { monthsFrom } from './due-dates.js';
import { MovePeriod } from './move-period.js';
import { MovePlan } from './move-plan.js';
import type { PausedReason, Plan } from './plan.entity.js';
import { planEnded, planNotBegun } from './plans.errors.js';
import { PlansRepository } from './plans.repository.js';
import { TellDonor } from './tell-donor.js';

export interface Pause {
  /** Null: until somebody says so. */
  months: 1 | 2 | 3 | null;
  reason: Exclude<PausedReason, 'disputed'>;
}

/** Nothing is charged during a pause, and what had failed is not tried again. */
@Injectable()
export class PausePlan {
  constructor(
    private readonly plans: PlansRepository,
    private readonly movePlan: MovePlan,
    private readonly movePeriod: MovePeriod,
    private readonly tellDonor: TellDonor,
    private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In a unit; a pause may be changed into another. @throws DomainError `plan_not_found`, `plan_ended`, `plan_not_begun` */
  async run(planId: string, { months, reason }: Pause, actor: string): Promise<Plan> {
    const plan = await this.plans.getForUpdate(planId);
    if (plan.state === 'ended') throw planEnded();
    if (plan.state === 'pending') throw planNotBegun();
    const pausedUntil = months === null ? null : monthsFrom(legalDate(this.clock.now()), months);
    if (plan.state === 'paused' && plan.pausedReason === reason && plan.pausedUntil === pausedUntil)
      return plan;
    const facts = { pausedUntil, pausedReason: reason };
    const eventId = await this.movePlan.run(plan, 'paused', facts);
    if (eventId === undefined) await this.plans.update(plan, facts);
    await this.movePeriod.giveUpFailed(planId);
    await this.tellDonor.run(plan, 'paused', eventId ?? newId());
    await this.journal.record({
      actor,
      action: 'plan.paused',
      subject: publicId('plan', planId),
      details: { until: pausedUntil },
    });
    return plan;
  }

  /** In a unit: the donor's bank took a payment back. Nothing more is asked until the donor says so. */
  async disputed(plan: Plan, disputeId: string): Promise<void> {
    if (plan.state !== 'active') return;
    await this.movePlan.run(plan, 'paused', { pausedReason: 'disputed' });
    await this.movePeriod.giveUpFailed(plan.id);
    await this.tellDonor.run(plan, 'disputed', disputeId);
    await this.journal.record({
      actor: 'system',
      action: 'plan.paused',
      subject: publicId('plan', plan.id),
      details: { because: 'disputed' },
    });
  }
}
