import { Injectable } from '@nestjs/common';
import { PaymentMoved, PaymentQueries, type PaymentMovedPayload } from '../payments/index.js';
import { ListensTo, type EventListener } from '../platform/events/domain-events.js';
import type { Donation } from './donation.entity.js';
import { DonationsRepository } from './donations.repository.js';
import { MoveDonation } from './move-donation.js';
import { PaidTwice } from './paid-twice.js';

/** What a payment's move means for its donation; runs in the payment's own transaction. */
@Injectable()
@ListensTo(PaymentMoved)
export class FollowPayment implements EventListener<PaymentMovedPayload> {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly moveDonation: MoveDonation,
    private readonly payments: PaymentQueries,
    private readonly paidTwice: PaidTwice,
  ) {}

  async on({ reference, paymentId, to, paidAt }: PaymentMovedPayload): Promise<void> {
    if (to === 'created' || to === 'open' || to === 'pending' || to === 'authorized') return;
    const donation = await this.donations.getForUpdate(reference);
    if (to === 'paid') {
      if (donation.state === 'paid') await this.paidTwice.noticed(donation, paymentId);
      else await this.moveDonation.run(donation, 'paid', { paidAt });
    } else if (donation.state === 'pending' && (await this.isLatestAttempt(donation, paymentId))) {
      await this.moveDonation.run(donation, to);
    }
  }

  /** An old attempt that expires ends only itself: a newer one may be at the checkout. */
  private async isLatestAttempt(donation: Donation, paymentId: string): Promise<boolean> {
    const [latest] = await this.payments.attemptsFor(donation.id);
    return latest?.id === paymentId;
  }
}
