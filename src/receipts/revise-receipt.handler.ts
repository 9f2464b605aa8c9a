import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { Outbox } from '../platform/queue/outbox.js';
import {
  issueReceiptJob,
  renderReceiptJob,
  reviseReceiptJob,
  tellDonorJob,
  tellTreasurerJob,
  type Revision,
} from './receipts.jobs.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { factKey, type ReturnFact } from './return-fact.js';
import { ReviseReceipt } from './revise-receipt.js';

type Target = { associationId: string; donationId: string; fact: ReturnFact };

const UNTOUCHED: Revision = { cancelledId: null, issuedId: null };

/** What a refund or dispute means for the receipt; then the people concerned are told. */
@Injectable()
@HandlesJob(reviseReceiptJob)
export class ReviseReceiptHandler implements JobHandler<Target> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reviseReceipt: ReviseReceipt,
    private readonly receipts: ReceiptsRepository,
    private readonly outbox: Outbox,
  ) {}

  async run({ associationId, donationId, fact }: Target): Promise<void> {
    await this.uow.inTenant(associationId, async () => {
      const revised = await this.reviseReceipt.run(donationId, fact);
      // Issuing reads the same money; staged twice it issues once.
      if (!revised) await this.outbox.stage(issueReceiptJob, { associationId, donationId });
      const revision = revised ?? UNTOUCHED;
      const isNews = await this.receipts.keepRevision(factKey(fact), donationId, revision);
      if (isNews || revision.cancelledId || revision.issuedId)
        await this.tell({ associationId, donationId, fact }, revision);
    });
  }

  /** The donor waits for the drawing, if there is one; the association does not. */
  private async tell(target: Target, revision: Revision): Promise<void> {
    const { associationId, fact } = target;
    const { issuedId: receiptId, cancelledId } = revision;
    const notice = { ...target, ...revision };
    await this.outbox.stage(tellTreasurerJob, notice);
    if (receiptId === null) await this.outbox.stage(tellDonorJob, notice);
    else
      await this.outbox.stage(renderReceiptJob, { associationId, receiptId, because: { fact, cancelledId } });
  }
}
