import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { RunsEvery } from '../../platform/queue/periodic.js';
import { finishChargeJob, sweepChargesJob } from './mandates.jobs.js';

const BATCH = 2_000;

/** Nobody comes back from a charge without the donor: one whose answer never came is taken up here. */
@Injectable()
@RunsEvery(5 * 60_000)
@HandlesJob(sweepChargesJob)
export class SweepChargesHandler implements JobHandler<Record<string, never>> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async run(): Promise<void> {
    await this.uow.acrossTenants(
      'the sweep takes up every association’s charges without an answer',
      async () => {
        const unanswered = await this.uow.query<{ associationId: string; paymentId: string }>(
          `SELECT association_id AS "associationId", id AS "paymentId" FROM payments
          WHERE state = 'created' AND sequence = 'recurring' AND created_at < now() - interval '10 minutes'
          ORDER BY created_at LIMIT $1`,
          [BATCH],
        );
        for (const target of unanswered) await this.outbox.stage(finishChargeJob, target);
      },
    );
  }
}
