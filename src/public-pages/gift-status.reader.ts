import { Inject, Injectable } from '@nestjs/common';
import { AssociationQueries, type Association } from '../associations/index.js';
import { DonationAttempts, DonationQueries, type Donation } from '../donations/index.js';
import { FormQueries, type Form } from '../forms/index.js';
import { DomainError } from '../kernel/domain-error.js';
import { tokenAssociation } from '../kernel/scoped-token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { logger } from '../platform/logging/logger.js';
import { ReceiptQueries, type DonationReceipt } from '../receipts/index.js';

export interface GiftStatusFacts {
  association: Association;
  form: Form;
  donation: Donation;
  receipt: DonationReceipt | null;
  /** Where an open attempt can still be paid. */
  resumeUrl: string | null;
}

/** How long a page waits for the provider before it shows what we know. */
const PROVIDER_PATIENCE_MS = 3_000;

/** What the holder of a gift's token may know of it. */
@Injectable()
export class GiftStatusReader {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly donations: DonationQueries,
    private readonly attempts: DonationAttempts,
    private readonly receipts: ReceiptQueries,
    @Inject(AssociationQueries) private readonly associations: AssociationQueries,
    private readonly forms: FormQueries,
  ) {}

  /** @throws DomainError `donation_not_found` */
  association(token: string): string {
    const associationId = tokenAssociation(token);
    if (!associationId)
      throw new DomainError('not_found', 'donation_not_found', 'There is no such donation.');
    return associationId;
  }

  /** @throws DomainError `donation_not_found` */
  async read(token: string): Promise<GiftStatusFacts> {
    return this.uow.inTenant(this.association(token), async () => {
      const donation = await this.donations.getByToken(token);
      return {
        donation,
        association: await this.associations.get(donation.associationId),
        form: await this.forms.get(donation.formId),
        receipt: donation.state === 'paid' ? await this.receipts.ofDonation(donation.id) : null,
        resumeUrl: (await this.attempts.undecided(donation))?.checkoutUrl ?? null,
      };
    });
  }

  /** The donor comes back: ask the provider now rather than wait for its webhook. Silence is no error. */
  async refresh(token: string): Promise<void> {
    const asked = this.attempts.refresh(this.association(token), token).catch((error: unknown) => {
      if (error instanceof DomainError && error.kind === 'not_found') throw error;
      logger.warn({ err: error }, 'the provider did not say how the payment stands');
    });
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PROVIDER_PATIENCE_MS)));
    await Promise.race([asked, patience]).finally(() => clearTimeout(timer));
  }
}
