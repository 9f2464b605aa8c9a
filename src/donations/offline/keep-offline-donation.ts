import { Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { publicId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { RecordOfflinePayment } from '../../payments/index.js';
import type { NewOfflineDonation } from './offline-donation.js';
import { OfflineDonationsRepository } from './offline-donations.repository.js';

/** What makes a donation an offline gift: the treasurer's words, a payment that is paid at once, a line in the journal. */
@Injectable()
export class KeepOfflineDonation {
  constructor(
    private readonly offline: OfflineDonationsRepository,
    private readonly recordPayment: RecordOfflinePayment,
    private readonly journal: Journal,
  ) {}

  /** In the unit that has just written the donation. */
  async run(gift: NewOfflineDonation & { amount: Money; locale: 'fr' | 'en' }): Promise<void> {
    const { donationId, amount, means, receivedOn, locale } = gift;
    const subject = publicId('donation', donationId);
    await this.offline.insert(gift);
    await this.journal.record({
      actor: gift.enteredBy,
      action: 'offline_donation.entered',
      subject,
      details: { means, receivedOn },
    });
    // Moves the donation, and with it all that follows a paid gift.
    await this.recordPayment.run({
      reference: donationId,
      amount,
      income: 'gifts',
      means,
      receivedOn,
      description: subject,
      locale,
    });
  }
}
