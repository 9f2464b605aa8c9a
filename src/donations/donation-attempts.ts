import { Injectable } from '@nestjs/common';
import { PaymentQueries, SyncPayment, type Payment } from '../payments/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Donation } from './donation.entity.js';
import { DonationsRepository } from './donations.repository.js';

/** How the payment of a donation stands. */
@Injectable()
export class DonationAttempts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly donations: DonationsRepository,
    private readonly payments: PaymentQueries,
    private readonly syncPayment: SyncPayment,
  ) {}

  /** Asks the provider how the last attempt stands, so that nobody pays twice. */
  async refresh(associationId: string, token: string): Promise<void> {
    const latest = await this.uow.inTenant(associationId, async () => {
      const donation = await this.donations.getByToken(token);
      return (await this.payments.attemptsFor(donation.id))[0];
    });
    if (latest && isUndecided(latest)) await this.syncPayment.run({ associationId, paymentId: latest.id });
  }

  async undecided(donation: Donation): Promise<Payment | undefined> {
    return (await this.payments.attemptsFor(donation.id)).find(isUndecided);
  }
}

export function isUndecided({ state }: Payment): boolean {
  return state === 'created' || state === 'open' || state === 'pending' || state === 'authorized';
}
