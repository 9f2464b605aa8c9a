import { Injectable } from '@nestjs/common';
import { AssociationQueries, type Association } from '../associations/index.js';
import { DonationAttempts } from '../donations/index.js';
import { DonorQueries } from '../donors/index.js';
import { FormQueries, type Form } from '../forms/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { GiftProgressReader, type GiftProgress } from './gift-progress.reader.js';

export interface GiftStatusFacts extends GiftProgress {
  association: Association;
  /** Null: a gift that came through no form. */
  form: Form | null;
  firstName: string;
  /** The donor left the checkout before the end. */
  isUnpaid: boolean;
  /** Where an open attempt can still be paid. */
  resumeUrl: string | null;
}

/** What the page of one gift shows to the holder of its token. */
@Injectable()
export class GiftStatusReader {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly progress: GiftProgressReader,
    private readonly attempts: DonationAttempts,
    private readonly associations: AssociationQueries,
    private readonly forms: FormQueries,
    private readonly donors: DonorQueries,
  ) {}

  /** @throws DomainError `donation_not_found` */
  async read(token: string): Promise<GiftStatusFacts> {
    return this.uow.inTenant(this.progress.association(token), async () => {
      const { donation, receipt, planToken, isReturned } = await this.progress.read(token);
      const attempt = await this.attempts.undecided(donation);
      const isUnpaid = attempt?.state === 'created' || attempt?.state === 'open';
      return {
        donation,
        receipt,
        planToken,
        isReturned,
        association: await this.associations.get(donation.associationId),
        form: donation.formId === null ? null : await this.forms.get(donation.formId),
        firstName: (await this.donors.get(donation.donorId)).firstName,
        isUnpaid,
        resumeUrl: isUnpaid ? attempt.checkoutUrl : null,
      };
    });
  }
}
