import { Inject, Injectable } from '@nestjs/common';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { CLOCK } from '../clock.token.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { logger } from '../logging/logger.js';
import { defineJob, HandlesJob, type JobHandler } from '../queue/define-job.js';
import { RunsEvery } from '../queue/periodic.js';
import { runChecks } from './run-checks.js';

export const nightlyIntegrityJob = defineJob<Record<string, never>>({
  name: 'integrity.check-nightly',
  queue: 'sweeps',
  attempts: 3,
  backoffMs: 60_000,
});

const HOUR_MS = 3_600_000;

/**
 * Once a day, at the first full hour in which anything runs after the night's quiet has begun. Asked every hour and by
 * every process: who takes the day's key does it.
 */
@Injectable()
@RunsEvery(HOUR_MS)
@HandlesJob(nightlyIntegrityJob)
export class NightlyIntegrityHandler implements JobHandler<Record<string, never>> {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    // Two hours back: the day changes for us at two in the night.
    const night = legalDate(new Date(this.clock.now().getTime() - 2 * HOUR_MS));
    if (!(await this.claim(night))) return;
    const results = await runChecks(this.uow);
    const broken = results.filter(({ count }) => count > 0);
    for (const { name, says, count, rows } of broken)
      logger.error({ check: name, count, rows }, `integrity: it does not hold that ${says}`);
    logger.info({ night, checks: results.length, broken: broken.length }, 'integrity checked');
  }

  private async claim(night: string): Promise<boolean> {
    const claimed = await this.uow.single(
      `INSERT INTO idempotency_records (scope, key, request_hash) VALUES ('integrity', $1, '')
       ON CONFLICT (scope, key) DO NOTHING RETURNING key`,
      [night],
    );
    return claimed.length > 0;
  }
}
