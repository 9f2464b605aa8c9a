import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { Outbox } from '../platform/queue/outbox.js';
import { IssueReceipt } from './issue-receipt.js';
import { ReceiptCases } from './receipt-case.js';
import { issueReceiptJob, renderReceiptJob, thankDonorJob } from './receipts.jobs.js';
import { ReceiptsRepository } from './receipts.repository.js';

type Target = { associationId: string; donationId: string };

/** A paid gift gets its receipt and then its thanks, or its thanks at once. */
@Injectable()
@HandlesJob(issueReceiptJob)
export class IssueReceiptHandler implements JobHandler<Target> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly receipts: ReceiptsRepository,
    private readonly cases: ReceiptCases,
    private readonly issueReceipt: IssueReceipt,
    private readonly outbox: Outbox,
  ) {}

  async run({ associationId, donationId }: Target): Promise<void> {
    await this.uow.inTenant(associationId, async () => {
      const gift = await this.cases.ofLocked(donationId);
      if (await this.receipts.latestOf(donationId)) return;
      if (gift.noReceipt !== null) return this.outbox.stage(thankDonorJob, { associationId, donationId });
      const receiptId = await this.issueReceipt.run(gift, null);
      await this.outbox.stage(renderReceiptJob, { associationId, receiptId });
    });
  }

  /** The donor is thanked even when the receipt needs a person's help. */
  async onExhausted({ associationId, donationId }: Target): Promise<void> {
    await this.uow.inTenant(associationId, () =>
      this.outbox.stage(thankDonorJob, { associationId, donationId }),
    );
  }
}
