import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { RunsEvery } from '../../platform/queue/periodic.js';
import { checkAccountJob, checkAccountsJob } from './accounts.jobs.js';

const BATCH = 500;

/** Every six hours until Mollie has accepted the association; once a day from then on, for it may change its mind. */
@Injectable()
@RunsEvery(30 * 60_000)
@HandlesJob(checkAccountsJob)
export class CheckAccountsHandler implements JobHandler<Record<string, never>> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async run(): Promise<void> {
    await this.uow.acrossTenants('one look at every association’s connection', async () => {
      const due = await this.uow.query<{ associationId: string; accountId: string }>(
        `SELECT association_id AS "associationId", id AS "accountId" FROM provider_accounts
          WHERE is_current AND state = 'connected' AND kind = 'connect'
            AND checked_at < now() - CASE WHEN onboarding_status = 'completed' THEN interval '24 hours' ELSE interval '6 hours' END
          ORDER BY checked_at LIMIT $1`,
        [BATCH],
      );
      for (const one of due) await this.outbox.stage(checkAccountJob, one);
    });
  }
}
