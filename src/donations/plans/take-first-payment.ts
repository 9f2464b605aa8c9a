import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../../kernel/clock.js';
import { OpenMandate } from '../../payments/index.js';
import { dayOfMonth, dueAfter, nextDue } from './due-dates.js';
import { MovePeriod } from './move-period.js';
import { MovePlan } from './move-plan.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import { dueRule } from './plan-rules.js';
import type { Plan } from './plan.entity.js';
import { PlansRepository } from './plans.repository.js';
import { TellDonor } from './tell-donor.js';

export interface PaidByDonor {
  donationId: string;
  /** Made by this payment. */
  mandateId: string;
  paidOn: LegalDate;
}

/** Where a plan stands after a payment that the donor made at the checkout. */
interface Standing {
  anchorDay: number;
  nextDueOn: LegalDate;
}

/** The donor paid and left a mandate: the plan begins, goes on with it, or is taken up again. In the unit that holds the plan. */
@Injectable()
export class TakeFirstPayment {
  constructor(
    private readonly plans: PlansRepository,
    private readonly movePlan: MovePlan,
    private readonly periods: PlanPeriodsRepository,
    private readonly movePeriod: MovePeriod,
    private readonly mandates: OpenMandate,
    private readonly tellDonor: TellDonor,
  ) {}

  async run(plan: Plan, paid: PaidByDonor): Promise<void> {
    const replaced = plan.mandateId === paid.mandateId ? null : plan.mandateId;
    if (replaced !== null) await this.mandates.letGo(replaced);
    const hasBegun = plan.anchorDay !== null;
    const facts = {
      ...(await this.standing(plan, paid)),
      mandateId: paid.mandateId,
      ...(replaced !== null && { cardExpiresOn: null, announcedExpiryOn: null }),
      mendingDonationId: null,
      chargeStagedAt: null,
    };
    if (plan.state === 'active') await this.plans.update(plan, facts);
    else await this.movePlan.run(plan, 'active', facts);
    if (hasBegun && replaced !== null) await this.tellDonor.run(plan, 'mended', paid.donationId);
  }

  private async standing(plan: Plan, { donationId, paidOn }: PaidByDonor): Promise<Standing> {
    const period = await this.periods.ofDonation(donationId);
    if (period) {
      // A period that had failed, paid by the donor.
      await this.movePeriod.run(period, 'paid');
      return { anchorDay: plan.anchorDay!, nextDueOn: dueAfter(paidOn, plan.nextDueOn!, dueRule(plan)) };
    }
    const { anchorDay, dueOn } = this.newPeriod(plan, paidOn);
    await this.movePeriod.giveUpFailed(plan.id);
    await this.periods.insert({ planId: plan.id, dueOn, donationId, state: 'paid', attempts: 0 });
    return { anchorDay, nextDueOn: nextDue(dueOn, { frequency: plan.frequency, anchorDay }) };
  }

  /** Paid in advance, where the plan goes on; a plan that begins or begins again is due on the day it is paid. */
  private newPeriod(plan: Plan, paidOn: LegalDate): { anchorDay: number; dueOn: LegalDate } {
    if (plan.anchorDay === null || plan.state === 'ended')
      return { anchorDay: dayOfMonth(paidOn), dueOn: paidOn };
    const { anchorDay } = plan;
    const dueOn =
      plan.state === 'active' ? plan.nextDueOn! : dueAfter(paidOn, plan.nextDueOn!, dueRule(plan));
    return { anchorDay, dueOn };
  }
}
