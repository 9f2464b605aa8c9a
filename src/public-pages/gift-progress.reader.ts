import { Injectable } from '@nestjs/common';
import { DonationAttempts, DonationQueries, PlanQueries, type Donation } from '../donations/index.js';
import { DomainError } from '../kernel/domain-error.js';
import { tokenAssociation } from '../kernel/scoped-token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { logger } from '../platform/logging/logger.js';
import { ReceiptQueries, type DonationReceipt } from '../receipts/index.js';

export interface GiftProgress {
  donation: Donation;
  /** Null as long as the gift is not paid. */
  receipt: DonationReceipt | null;
  /** Opens the page of the plan that the gift is one of. */
  planToken: string | null;
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
      return { donation, receipt, planToken };
    });
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
