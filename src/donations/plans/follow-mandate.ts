import { Injectable } from '@nestjs/common';
import { MandateMoved, type MandateMovedPayload } from '../../payments/index.js';
import { ListensTo, type EventListener } from '../../platform/events/domain-events.js';
import { EndPlan } from './end-plan.js';
import { PlansRepository } from './plans.repository.js';

/** A mandate that is gone ends its plan, unless another one has taken its place. */
@Injectable()
@ListensTo(MandateMoved)
export class FollowMandate implements EventListener<MandateMovedPayload> {
  constructor(
    private readonly plans: PlansRepository,
    private readonly endPlan: EndPlan,
  ) {}

  async on({ holder, mandateId, to, cardExpiresOn }: MandateMovedPayload): Promise<void> {
    const plan = await this.plans.getForUpdate(holder);
    if (plan.mandateId !== mandateId) return;
    if (plan.cardExpiresOn !== cardExpiresOn) await this.plans.update(plan, { cardExpiresOn });
    const isGone = to === 'invalid' || to === 'revoked';
    if (isGone && (plan.state === 'active' || plan.state === 'paused'))
      await this.endPlan.run(plan, 'mandate_gone');
  }
}
