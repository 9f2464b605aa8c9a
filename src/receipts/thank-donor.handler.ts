import { Injectable } from '@nestjs/common';
import { DonorQueries } from '../donors/index.js';
import { FormQueries } from '../forms/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { ReceiptCases } from './receipt-case.js';
import { thankDonorJob } from './receipts.jobs.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { ThankYouMailer } from './thank-you-mailer.js';

type Target = { associationId: string; donationId: string };

/** One mail per paid gift: the thanks, with the receipt where there is one. */
@Injectable()
@HandlesJob(thankDonorJob)
export class ThankDonorHandler implements JobHandler<Target> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly cases: ReceiptCases,
    private readonly receipts: ReceiptsRepository,
    private readonly donors: DonorQueries,
    private readonly forms: FormQueries,
    private readonly mailer: ThankYouMailer,
  ) {}

  async run({ associationId, donationId }: Target): Promise<void> {
    await this.uow.inTenant(associationId, async () => {
      const gift = await this.cases.of(donationId);
      const receipt = await this.receipts.livingOf(donationId);
      const donor = await this.donors.get(gift.donation.donorId);
      const { formId } = gift.donation;
      const form = formId === null ? null : await this.forms.get(formId);
      await this.mailer.stage({ gift, receipt, donor, form });
    });
  }
}
