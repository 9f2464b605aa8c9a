import { Injectable } from '@nestjs/common';
import { DonationAttempts, DonationQueries, PlanQueries, type Donation } from '../donations/index.js';
import { DomainError } from '../kernel/domain-error.js';
import { tokenAssociation } from '../kernel/scoped-token.js';
import { ReceivedMoneyQueries } from '../payments/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { logger } from '../platform/logging/logger.js';
import { ReceiptQueries, type DonationReceipt } from '../receipts/index.js';

export interface GiftProgress {
  donation: Donation;
  /** Null as long as the gift is not paid. */
  receipt: DonationReceipt | null;
  /** Opens the page of the plan that the gift is one of. */
  planToken: string | null;
  /** Paid, and all of it has gone back to the donor. */
  isReturned: boolean;
}

/** How long a page waits for the provider before it shows what we know. */
const PROVIDER_PATIENCE_MS = 3_000;

/** How far a gift has come, for the holder of its token. */
@Injectable()
export class GiftProgressReader {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly donations: DonationQueries,
    private readonly attempts: DonationAttempts,
    private readonly receipts: ReceiptQueries,
    private readonly plans: PlanQueries,
    private readonly received: ReceivedMoneyQueries,
  ) {}

  /** @throws DomainError `donation_not_found` */
  association(token: string): string {
    const associationId = tokenAssociation(token);
    if (!associationId)
      throw new DomainError('not_found', 'donation_not_found', 'There is no such donation.');
    return associationId;
  }

  /** @throws DomainError `donation_not_found` */
  async read(token: string): Promise<GiftProgress> {
    return this.uow.inTenant(this.association(token), async () => {
      const donation = await this.donations.getByToken(token);
      const receipt = donation.state === 'paid' ? await this.receipts.ofDonation(donation.id) : null;
      const planToken = donation.planId === null ? null : (await this.plans.get(donation.planId)).token;
      const isReturned = donation.state === 'paid' && (await this.isReturned(donation.id));
      return { donation, receipt, planToken, isReturned };
    });
  }

  private async isReturned(donationId: string): Promise<boolean> {
    const received = await this.received.of(donationId);
    return received?.provider === 'mollie' && received.kept.isZero();
  }

  /**
   * The donor comes back: ask the provider now rather than wait for its webhook. Silence is no error.
   * @returns whether the provider said how the payment stands
   */
  async refresh(token: string): Promise<boolean> {
    const asked = this.attempts.refresh(this.association(token), token).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError && error.kind === 'not_found') throw error;
        logger.warn({ err: error }, 'the provider did not say how the payment stands');
        return false;
      },
    );
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PROVIDER_PATIENCE_MS);
    });
    return Promise.race([asked, patience]).finally(() => clearTimeout(timer));
  }
}
