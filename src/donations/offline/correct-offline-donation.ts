import { Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { publicId } from '../../kernel/ids.js';
import { CorrectOfflinePayment } from '../../payments/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DonationsRepository } from '../donations.repository.js';
import { OfflineDonationsRepository } from './offline-donations.repository.js';

/**
 * An offline gift was entered wrong, or its cheque bounced: a counter-entry takes it back whole, its receipt is
 * cancelled, and the right gift, if there is one, is entered anew. Nothing is edited or deleted.
 */
@Injectable()
export class CorrectOfflineDonation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly donations: DonationsRepository,
    private readonly offline: OfflineDonationsRepository,
    private readonly correctPayment: CorrectOfflinePayment,
    private readonly journal: Journal,
  ) {}

  /** The second time it does nothing. @throws DomainError `offline_donation_not_found` */
  async run(associationId: string, donationId: string, reason: string, actor: string): Promise<void> {
    await this.uow.inTenant(associationId, async () => {
      await this.offline.get(donationId);
      await this.donations.getForUpdate(donationId);
      // Only now is it certain that nobody is just depositing it.
      const { deposit } = await this.offline.get(donationId);
      if (!(await this.offline.insertCorrection(donationId, reason, actor))) return;
      await this.correctPayment.run({
        reference: donationId,
        isDeposited: deposit !== null,
        reason,
        actor,
      });
      await this.journal.record({
        actor,
        action: 'offline_donation.corrected',
        subject: publicId('donation', donationId),
      });
    });
  }
}
