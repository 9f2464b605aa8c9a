import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Receipt } from './receipt.entity.js';

/** Why a receipt is worth nothing any more; stored, and told by the API. */
export const CANCEL_CODES = ['refund', 'refund_failed', 'dispute', 'dispute_won', 'correction'] as const;
export type CancelCode = (typeof CANCEL_CODES)[number];

export interface Cancellation {
  code: CancelCode;
  /** `key:<id>` or `system`. */
  actor: string;
}

/** A receipt is never changed and its number never used again: a row beside it says that it is void. */
@Injectable()
export class CancelReceipt {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly journal: Journal,
  ) {}

  /** In the running unit. @throws DomainError `receipt_cancelled_already` */
  async run(receipt: Receipt, { code, actor }: Cancellation): Promise<void> {
    await this.uow.execute(
      `INSERT INTO receipt_cancellations (association_id, receipt_id, code, actor) VALUES ($1, $2, $3, $4)`,
      [receipt.associationId, receipt.id, code, actor],
    );
    await this.journal.record({
      actor,
      action: 'receipt.cancelled',
      subject: publicId('receipt', receipt.id),
      details: { number: receipt.number, code },
    });
  }
}
