import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { Outbox } from '../platform/queue/outbox.js';
import { RunsEvery } from '../platform/queue/periodic.js';
import { CloseUnborn } from './close-unborn.js';
import { sweepPaymentsJob, syncPaymentJob } from './payments.jobs.js';

const BATCH = 500;

/**
 * Webhooks get lost. A payment that is not decided is looked at again, at first soon and then ever more
 * rarely: when a tenth of its age has passed since the last look.
 */
@Injectable()
@RunsEvery(5 * 60_000)
@HandlesJob(sweepPaymentsJob)
export class SweepPaymentsHandler implements JobHandler<Record<string, never>> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly closeUnborn: CloseUnborn,
  ) {}

  async run(): Promise<void> {
    await this.uow.acrossTenants('the sweep looks at every association’s undecided payments', async () => {
      for (const { associationId, id } of await this.due()) {
        await this.outbox.stage(syncPaymentJob, { associationId, paymentId: id, claimedProviderId: null });
      }
    });
    await this.closeUnborn.run();
  }

  private due(): Promise<Array<{ associationId: string; id: string }>> {
    return this.uow.query(
      `SELECT association_id AS "associationId", id FROM payments
        WHERE state IN ('open', 'pending', 'authorized') AND provider_id IS NOT NULL
          AND created_at < now() - interval '10 minutes'
          AND COALESCE(synced_at, created_at) < now() - greatest((now() - created_at) / 10, interval '5 minutes')
        ORDER BY COALESCE(synced_at, created_at) LIMIT $1`,
      [BATCH],
    );
  }
}
