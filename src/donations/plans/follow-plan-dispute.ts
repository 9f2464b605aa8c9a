import { Injectable } from '@nestjs/common';
import { DisputeMoved, type DisputeMovedPayload } from '../../payments/index.js';
import { ListensTo, type EventListener } from '../../platform/events/domain-events.js';
import { PausePlan } from './pause-plan.js';
import { PlansRepository } from './plans.repository.js';

/** A donor who has their bank take a gift back is not charged again until they say so. */
@Injectable()
@ListensTo(DisputeMoved)
export class FollowPlanDispute implements EventListener<DisputeMovedPayload> {
  constructor(
    private readonly plans: PlansRepository,
    private readonly pausePlan: PausePlan,
  ) {}

  async on({ reference, disputeId, to }: DisputeMovedPayload): Promise<void> {
    if (to !== 'opened') return;
    const plan = await this.plans.findByDonationForUpdate(reference);
    if (plan) await this.pausePlan.disputed(plan, disputeId);
  }
}
