import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { OpenMandate } from '../../payments/index.js';
import { CLOCK } from '../../platform/clock.token.js';
import { MovePeriod } from './move-period.js';
import { MovePlan } from './move-plan.js';
import type { EndedReason, Plan } from './plan.entity.js';
import { TellDonor, type PlanNews } from './tell-donor.js';

const NEWS: Record<EndedReason, PlanNews | null> = {
  donor: 'stopped',
  association: 'stopped',
  // Nobody was promised anything yet.
  never_started: null,
  payment_refused: 'ended',
  unpaid: 'ended',
  mandate_gone: 'ended',
};

/** Ends a plan, whoever or whatever ends it, and gives the donor's mandate back. */
@Injectable()
export class EndPlan {
  constructor(
    private readonly movePlan: MovePlan,
    private readonly movePeriod: MovePeriod,
    private readonly mandates: OpenMandate,
    private readonly tellDonor: TellDonor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the unit that holds the plan. @returns false when it had ended already */
  async run(plan: Plan, reason: EndedReason): Promise<boolean> {
    const eventId = await this.movePlan.run(plan, 'ended', {
      endedReason: reason,
      endedAt: this.clock.now(),
    });
    if (eventId === undefined) return false;
    await this.movePeriod.giveUpFailed(plan.id);
    if (plan.mandateId !== null && reason !== 'mandate_gone') await this.mandates.letGo(plan.mandateId);
    const news = NEWS[reason];
    if (news) await this.tellDonor.run(plan, news, eventId);
    return true;
  }
}
