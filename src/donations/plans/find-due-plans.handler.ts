import { Inject, Injectable } from '@nestjs/common';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { RunsEvery } from '../../platform/queue/periodic.js';
import { chargePlanJob, findDuePlansJob } from './plans.jobs.js';

const BATCH = 2_000;

/** A look at the calendar, by index: one job for each plan that has something to be done today. */
@Injectable()
@RunsEvery(5 * 60_000)
@HandlesJob(findDuePlansJob)
export class FindDuePlansHandler implements JobHandler<Record<string, never>> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const today = legalDate(this.clock.now());
    for (let found = BATCH; found >= BATCH;)
      found = await this.uow.acrossTenants('plans of every association fall due', async () => {
        const due = await this.claim(today);
        await this.outbox.stageMany(chargePlanJob, due);
        return due.length;
      });
  }

  /** Marked for an hour, so that the next look does not ask again for what waits in line. */
  private claim(today: string): Promise<Array<{ associationId: string; planId: string }>> {
    return this.uow.query(
      `WITH due AS (
         (SELECT association_id, id FROM plans WHERE state = 'active' AND next_due_on <= $1 AND ${FRESH} ORDER BY next_due_on LIMIT $2)
         UNION (SELECT association_id, id FROM plans WHERE state = 'paused' AND paused_until <= $1 AND ${FRESH} LIMIT $2)
         UNION (SELECT association_id, id FROM plans WHERE state = 'pending' AND created_at < now() - interval '7 days' AND ${FRESH} LIMIT $2)
         UNION (SELECT p.association_id, p.id FROM plan_periods f
                  JOIN plans p ON p.association_id = f.association_id AND p.id = f.plan_id AND p.state = 'active' AND ${FRESH}
                 WHERE f.state = 'failed' AND f.next_attempt_on <= $1 LIMIT $2)
         LIMIT $2)
       UPDATE plans SET charge_staged_at = now() FROM due
        WHERE plans.association_id = due.association_id AND plans.id = due.id AND ${FRESH}
       RETURNING plans.association_id AS "associationId", plans.id AS "planId"`,
      [today, BATCH],
    );
  }
}

const FRESH = `(charge_staged_at IS NULL OR charge_staged_at < now() - interval '1 hour')`;
