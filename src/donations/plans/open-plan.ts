import { Injectable } from '@nestjs/common';
import { newScopedToken } from '../../kernel/scoped-token.js';
import { OpenMandate } from '../../payments/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Donation } from '../donation.entity.js';
import type { PlanFrequency } from './plan.entity.js';
import { PlansRepository } from './plans.repository.js';

/** The gift that begins a plan, as it is written down. */
export type FirstGift = Pick<
  Donation,
  'id' | 'donorId' | 'donorAddressId' | 'amountCents' | 'currency' | 'wantsReceipt' | 'displayName' | 'locale'
> & { formId: string; planId: string; frequency: PlanFrequency };

/** Writes down a plan that begins with the gift in hand. It is active once that gift is paid. */
@Injectable()
export class OpenPlan {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: PlansRepository,
    private readonly mandates: OpenMandate,
  ) {}

  /** In the unit that wrote the gift. */
  async run(gift: FirstGift): Promise<void> {
    await this.plans.insert({
      id: gift.planId,
      formId: gift.formId,
      donorId: gift.donorId,
      donorAddressId: gift.donorAddressId,
      frequency: gift.frequency,
      amountCents: gift.amountCents,
      currency: gift.currency,
      mandateId: await this.mandates.run(gift.planId),
      firstDonationId: gift.id,
      wantsReceipt: gift.wantsReceipt,
      displayName: gift.displayName,
      locale: gift.locale,
      token: newScopedToken(this.uow.associationId),
    });
  }

  /**
   * Which mandate a payment of the donor makes: the plan's own while it has not begun, else a new one, which takes
   * the old one's place once it is paid.
   */
  async mandateFor(planId: string): Promise<string> {
    const plan = await this.plans.get(planId);
    return plan.state === 'pending' && plan.mandateId !== null ? plan.mandateId : this.mandates.run(planId);
  }
}
