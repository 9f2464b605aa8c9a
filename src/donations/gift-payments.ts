import { Inject, Injectable } from '@nestjs/common';
import { publicId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { StartPayment, type Attempt } from '../payments/index.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import type { Donation } from './donation.entity.js';
import { OpenPlan } from './plans/open-plan.js';

type PaidFor = Pick<Donation, 'id' | 'planId' | 'amountCents' | 'tipCents' | 'currency' | 'locale' | 'token'>;

const MAX_DESCRIPTION = 255;

/** The payments of gifts with the donor at hand: of a single one, or one that makes a plan's mandate besides. */
@Injectable()
export class GiftPayments {
  constructor(
    private readonly payments: StartPayment,
    private readonly plans: OpenPlan,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** In the unit that wrote the gift. @param about what banks show after the reference; they cut it. Nothing personal. */
  async create(gift: PaidFor, about = ''): Promise<Attempt> {
    const tip = Money.of(gift.tipCents, gift.currency);
    const mandateId = gift.planId === null ? null : await this.plans.mandateFor(gift.planId);
    return this.payments.create({
      reference: gift.id,
      amount: Money.of(gift.amountCents, gift.currency).plus(tip),
      applicationFee: tip,
      income: 'gifts',
      sequence: mandateId === null ? 'oneoff' : 'first',
      mandateId,
      description: `${publicId('donation', gift.id)} ${about}`.trim().slice(0, MAX_DESCRIPTION),
      locale: gift.locale,
      returnUrl: `${this.config.http.publicUrl}/don/${gift.token}`,
    });
  }

  /** The attempt that an interrupted request left behind. @throws DomainError `payment_not_found` */
  latest(donationId: string): Promise<Attempt> {
    return this.payments.latestAttempt(donationId);
  }

  /** Outside any unit. @returns where the donor pays; null when there is nothing left to pay @throws DomainError */
  open(associationId: string, attempt: Attempt): Promise<string | null> {
    return this.payments.open(associationId, attempt);
  }
}
