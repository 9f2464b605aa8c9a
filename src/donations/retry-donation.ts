import { Injectable } from '@nestjs/common';
import type { Attempt } from '../payments/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { DonationAttempts } from './donation-attempts.js';
import type { Donation } from './donation.entity.js';
import { alreadyPaid } from './donations.errors.js';
import { DonationsRepository } from './donations.repository.js';
import { GiftPayments } from './gift-payments.js';
import { MoveDonation } from './move-donation.js';

/** The donor tries again: back to the checkout that is still open, or to a new attempt for the same gift. */
@Injectable()
export class RetryDonation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly donations: DonationsRepository,
    private readonly moveDonation: MoveDonation,
    private readonly payments: GiftPayments,
    private readonly attempts: DonationAttempts,
  ) {}

  /**
   * @returns where the donor pays, or null when the gift turned out to be under way or paid
   * @throws DomainError `donation_not_found`, `donation_already_paid`, `payment_provider_unavailable`
   */
  async run(associationId: string, token: string): Promise<string | null> {
    await this.attempts.refresh(associationId, token);
    const attempt = await this.uow.inTenant(associationId, async () => {
      const { id } = await this.donations.getByToken(token);
      const donation = await this.donations.getForUpdate(id);
      if (donation.state === 'paid') throw alreadyPaid();
      return (await this.attempts.undecided(donation)) ?? this.newAttempt(donation);
    });
    return this.payments.open(associationId, attempt);
  }

  private async newAttempt(donation: Donation): Promise<Attempt> {
    await this.moveDonation.run(donation, 'pending');
    return this.payments.create(donation);
  }
}
