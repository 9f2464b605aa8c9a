import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { SEND_AGAIN_AFTER_MS } from './move-refund.js';
import { sendRefundJob } from './refunds.jobs.js';

const BATCH = 200;

/** A refund that was requested and whose job gave up is not forgotten: it is staged again. */
@Injectable()
export class SendRefundsAgain {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async run(): Promise<void> {
    await this.uow.acrossTenants('the sweep sends every association’s waiting refunds', async () => {
      const waiting = await this.uow.query<{ associationId: string; refundId: string }>(
        `UPDATE payment_refunds SET send_again_at = now() + $1 * interval '1 millisecond'
          WHERE (association_id, id) IN (
            SELECT association_id, id FROM payment_refunds WHERE state = 'requested' AND send_again_at <= now()
             ORDER BY send_again_at LIMIT $2 FOR UPDATE SKIP LOCKED)
          RETURNING association_id AS "associationId", id AS "refundId"`,
        [SEND_AGAIN_AFTER_MS, BATCH],
      );
      for (const refund of waiting) await this.outbox.stage(sendRefundJob, refund);
    });
  }
}
