import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { Outbox } from '../platform/queue/outbox.js';
import { StoredFiles } from '../platform/storage/stored-files.js';
import { drawReceipt } from './draw-receipt.js';
import { renderReceiptJob, thankDonorJob } from './receipts.jobs.js';
import { ReceiptsRepository } from './receipts.repository.js';

type Target = { associationId: string; receiptId: string };

/** Draws the PDF from the snapshot alone and stores it once; then the donor is thanked. */
@Injectable()
@HandlesJob(renderReceiptJob)
export class RenderReceiptHandler implements JobHandler<Target> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly receipts: ReceiptsRepository,
    private readonly files: StoredFiles,
    private readonly outbox: Outbox,
  ) {}

  async run({ associationId, receiptId }: Target): Promise<void> {
    const { receipt, signatureImage } = await this.uow.inTenant(associationId, async () => {
      const found = await this.receipts.get(receiptId);
      const image = found.snapshot.association.signatureImage;
      return {
        receipt: found,
        signatureImage: image ? (await this.files.get(image.fileId)).bytes : undefined,
      };
    });
    if (receipt.pdfFileId !== null) return;
    const pdf = await drawReceipt(receipt.snapshot, { signatureImage });
    await this.uow
      .inTenant(associationId, async () => {
        const file = await this.files.put(pdf, 'application/pdf');
        if (!(await this.receipts.setPdf(receiptId, file.id))) throw new SecondDrawing();
        await this.outbox.stage(thankDonorJob, { associationId, donationId: receipt.donationId });
      })
      .catch(ignoreSecondDrawing);
  }

  async onExhausted({ associationId, receiptId }: Target): Promise<void> {
    await this.uow.inTenant(associationId, async () => {
      const { donationId } = await this.receipts.get(receiptId);
      await this.outbox.stage(thankDonorJob, { associationId, donationId });
    });
  }
}

/** Two at once drew it: the unit of the later one is undone, its file with it. */
class SecondDrawing extends Error {}

function ignoreSecondDrawing(error: unknown): void {
  if (!(error instanceof SecondDrawing)) throw error;
}
