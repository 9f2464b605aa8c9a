import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { Outbox } from '../platform/queue/outbox.js';
import { StoredFiles } from '../platform/storage/stored-files.js';
import { drawReceipt } from './draw-receipt.js';
import { renderReceiptJob, tellDonorJob, thankDonorJob, type Rendering } from './receipts.jobs.js';
import type { Receipt } from './receipt.entity.js';
import { ReceiptsRepository } from './receipts.repository.js';

/** Draws the PDF from the snapshot alone and stores it once; then the donor is thanked, or told why there is a new one. */
@Injectable()
@HandlesJob(renderReceiptJob)
export class RenderReceiptHandler implements JobHandler<Rendering> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly receipts: ReceiptsRepository,
    private readonly files: StoredFiles,
    private readonly outbox: Outbox,
  ) {}

  async run({ associationId, receiptId, because }: Rendering): Promise<void> {
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
        await this.write(receipt, because);
      })
      .catch(ignoreSecondDrawing);
  }

  async onExhausted({ associationId, receiptId, because }: Rendering): Promise<void> {
    await this.uow.inTenant(associationId, async () =>
      this.write(await this.receipts.get(receiptId), because),
    );
  }

  private write({ associationId, donationId, id }: Receipt, because: Rendering['because']): Promise<void> {
    const gift = { associationId, donationId };
    if (!because) return this.outbox.stage(thankDonorJob, gift);
    return this.outbox.stage(tellDonorJob, { ...gift, ...because, issuedId: id });
  }
}

/** Two at once drew it: the unit of the later one is undone, its file with it. */
class SecondDrawing extends Error {}

function ignoreSecondDrawing(error: unknown): void {
  if (!(error instanceof SecondDrawing)) throw error;
}
