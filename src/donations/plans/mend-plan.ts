import { Inject, Injectable } from '@nestjs/common';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DonationsRepository } from '../donations.repository.js';
import { RetryDonation } from '../retry-donation.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import { mendingPays } from './plan-rules.js';
import type { Plan } from './plan.entity.js';
import { chargeUnderWay } from './plans.errors.js';
import { PlansRepository } from './plans.repository.js';
import { giftOf } from './start-period.js';

/** The donor renews the means of payment, by paying with it: the provider makes a mandate in no other way. */
@Injectable()
export class MendPlan {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: PlansRepository,
    private readonly periods: PlanPeriodsRepository,
    private readonly donations: DonationsRepository,
    private readonly retry: RetryDonation,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Outside any unit.
   * @returns where the donor pays; null when that payment turned out to be under way or made
   * @throws DomainError `plan_not_found`, `plan_charge_under_way`, `payment_provider_unavailable`
   */
  async run(associationId: string, planId: string): Promise<string | null> {
    const token = await this.uow.inTenant(associationId, async () => {
      const plan = await this.plans.getForUpdate(planId);
      return this.giftToPay(plan);
    });
    return this.retry.run(associationId, token);
  }

  /** @returns the token of the gift */
  private async giftToPay(plan: Plan): Promise<string> {
    if (plan.state === 'pending') return this.tokenOf(plan.firstDonationId);
    const latest = await this.periods.latest(plan.id);
    if (latest?.state === 'charging') throw chargeUnderWay();
    if (mendingPays(plan, latest, legalDate(this.clock.now())) === 'period')
      return this.tokenOf(latest!.donationId!);
    return (await this.begunBefore(plan)) ?? this.newGift(plan);
  }

  /** Left at the checkout the last time, and still what the plan gives. */
  private async begunBefore(plan: Plan): Promise<string | undefined> {
    if (plan.mendingDonationId === null) return undefined;
    const begun = await this.donations.get(plan.mendingDonationId);
    return begun.state !== 'paid' && begun.amount.equals(plan.amount) ? begun.token : undefined;
  }

  private async newGift(plan: Plan): Promise<string> {
    const gift = giftOf(plan, `plan ${plan.id} ${newId()}`);
    await this.donations.insert(gift);
    await this.plans.update(plan, { mendingDonationId: gift.id });
    return gift.token;
  }

  private async tokenOf(donationId: string): Promise<string> {
    return (await this.donations.get(donationId)).token;
  }
}
