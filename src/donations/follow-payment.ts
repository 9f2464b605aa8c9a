import { Injectable } from '@nestjs/common';
import { publicId } from '../kernel/ids.js';
import { Journal } from '../journal/index.js';
import { PaymentMoved, PaymentQueries, type PaymentMovedPayload } from '../payments/index.js';
import { ListensTo, type EventListener } from '../platform/events/domain-events.js';
import { logger } from '../platform/logging/logger.js';
import type { Donation } from './donation.entity.js';
import { DonationsRepository } from './donations.repository.js';
import { MoveDonation } from './move-donation.js';

/** What a payment's move means for its donation; runs in the payment's own transaction. */
@Injectable()
@ListensTo(PaymentMoved)
export class FollowPayment implements EventListener<PaymentMovedPayload> {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly moveDonation: MoveDonation,
    private readonly payments: PaymentQueries,
    private readonly journal: Journal,
  ) {}

  async on({ reference, paymentId, to, paidAt }: PaymentMovedPayload): Promise<void> {
    if (to === 'created' || to === 'open' || to === 'pending' || to === 'authorized') return;
    const donation = await this.donations.getForUpdate(reference);
    if (to === 'paid') {
      if (donation.state === 'paid') await this.paidTwice(donation, paymentId);
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

  /** Two tabs, two payments. The second is never ignored: a person must see it, and refund it. */
  private async paidTwice(donation: Donation, paymentId: string): Promise<void> {
    logger.error({ donationId: donation.id, paymentId }, 'a donation was paid twice');
    await this.journal.record({
      actor: 'system',
      action: 'donation.paid_twice',
      subject: publicId('donation', donation.id),
      details: { payment: publicId('payment', paymentId) },
    });
  }
}
