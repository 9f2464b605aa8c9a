import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { Outbox } from '../platform/queue/outbox.js';
import { RunsEvery } from '../platform/queue/periodic.js';
import { CloseDisputes } from './disputes/close-disputes.js';
import { SendRefundsAgain } from './refunds/send-refunds-again.js';
import { CloseUnborn } from './close-unborn.js';
import { sweepPaymentsJob, syncPaymentJob } from './payments.jobs.js';

const BATCH = 500;

/** While a job is at it: longer than that job's patience, so that no payment waits for two of them. */
const HELD_FOR = `interval '2 hours'`;

/** Webhooks get lost, and some changes have none. What is due is looked at again; the look says when the next is due. */
@Injectable()
@RunsEvery(5 * 60_000)
@HandlesJob(sweepPaymentsJob)
export class SweepPaymentsHandler implements JobHandler<Record<string, never>> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly closeUnborn: CloseUnborn,
    private readonly closeDisputes: CloseDisputes,
    private readonly sendAgain: SendRefundsAgain,
  ) {}

  async run(): Promise<void> {
    await this.uow.acrossTenants('the sweep looks at every association’s payments', async () => {
      for (const { associationId, id } of await this.take()) {
        await this.outbox.stage(syncPaymentJob, { associationId, paymentId: id, claimedProviderId: null });
      }
    });
    await this.closeUnborn.run();
    await this.sendAgain.run();
    await this.closeDisputes.run();
  }

  private take(): Promise<Array<{ associationId: string; id: string }>> {
    return this.uow.query(
      `UPDATE payments SET next_sync_at = now() + ${HELD_FOR}
        WHERE (association_id, id) IN (
          SELECT association_id, id FROM payments WHERE next_sync_at <= now() AND provider_id IS NOT NULL
           ORDER BY next_sync_at LIMIT $1 FOR UPDATE SKIP LOCKED)
        RETURNING association_id AS "associationId", id`,
      [BATCH],
    );
  }
}
