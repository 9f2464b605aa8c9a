import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../../kernel/clock.js';
import { newId, publicId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { newScopedToken } from '../../kernel/scoped-token.js';
import { StartPayment, type Attempt } from '../../payments/index.js';
import { DonationsRepository, type NewDonation } from '../donations.repository.js';
import { MoveDonation } from '../move-donation.js';
import { MovePeriod } from './move-period.js';
import type { PlanPeriod } from './plan-period.entity.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import type { Plan } from './plan.entity.js';

/** Each period is one gift, charged without the donor. In the unit that holds the plan. */
@Injectable()
export class StartPeriod {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly moveDonation: MoveDonation,
    private readonly periods: PlanPeriodsRepository,
    private readonly movePeriod: MovePeriod,
    private readonly payments: StartPayment,
  ) {}

  async begin(plan: Plan, dueOn: LegalDate): Promise<Attempt> {
    const gift = giftOf(plan, `plan ${plan.id} ${dueOn}`);
    await this.donations.insert(gift);
    await this.periods.insert({
      planId: plan.id,
      dueOn,
      donationId: gift.id,
      state: 'charging',
      attempts: 1,
    });
    return this.charge(plan, gift);
  }

  /** The same gift, another attempt. */
  async again(plan: Plan, period: PlanPeriod): Promise<Attempt> {
    const donation = await this.donations.getForUpdate(period.donationId!);
    await this.moveDonation.run(donation, 'pending');
    await this.movePeriod.run(period, 'charging', { attempts: period.attempts + 1 });
    return this.charge(plan, donation);
  }

  private charge(plan: Plan, gift: Pick<NewDonation, 'id' | 'amountCents' | 'currency'>): Promise<Attempt> {
    return this.payments.create({
      reference: gift.id,
      amount: Money.of(gift.amountCents, gift.currency),
      applicationFee: Money.zero(gift.currency),
      income: 'gifts',
      sequence: 'recurring',
      mandateId: plan.mandateId,
      description: publicId('donation', gift.id),
      locale: plan.locale,
      returnUrl: null,
    });
  }
}

/** A gift of a plan: its donor, form and amount as they are now. */
export function giftOf(plan: Plan, requestKey: string): NewDonation {
  return {
    id: newId(),
    formId: plan.formId,
    donorId: plan.donorId,
    donorAddressId: plan.donorAddressId,
    planId: plan.id,
    frequency: plan.frequency,
    amountCents: plan.amountCents,
    tipCents: 0,
    currency: plan.currency,
    wantsReceipt: plan.wantsReceipt,
    message: null,
    displayName: plan.displayName,
    locale: plan.locale,
    token: newScopedToken(plan.associationId),
    requestKey,
  };
}
