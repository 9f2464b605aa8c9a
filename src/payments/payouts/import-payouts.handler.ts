import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { logger } from '../../platform/logging/logger.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { RunsEvery } from '../../platform/queue/periodic.js';
import { ImportPayouts } from './import-payouts.js';
import { importPayoutsJob, sweepPayoutsJob } from './payouts.jobs.js';

/** Payouts leave once a day or less often. */
@Injectable()
@RunsEvery(6 * 3_600_000)
@HandlesJob(sweepPayoutsJob)
export class SweepPayoutsHandler implements JobHandler<Record<string, never>> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async run(): Promise<void> {
    await this.uow.acrossTenants('payouts are imported for every connected association', async () => {
      const rows = await this.uow.query<{ associationId: string }>(
        `SELECT DISTINCT association_id AS "associationId" FROM provider_accounts WHERE kind = 'connect' AND state = 'connected'`,
      );
      for (const { associationId } of rows) await this.outbox.stage(importPayoutsJob, { associationId });
    });
  }
}

@Injectable()
@HandlesJob(importPayoutsJob)
export class ImportPayoutsHandler implements JobHandler<{ associationId: string }> {
  constructor(private readonly importPayouts: ImportPayouts) {}

  async run({ associationId }: { associationId: string }): Promise<void> {
    try {
      await this.importPayouts.run(associationId, 'system');
    } catch (error) {
      // Disconnected meanwhile, or without the right to read settlements: trying again changes nothing, the next sweep looks.
      if (!(error instanceof DomainError) || error.retryable) throw error;
      logger.warn({ associationId, code: error.code }, 'payouts were not imported');
    }
  }
}
