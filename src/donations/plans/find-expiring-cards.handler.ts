import { Inject, Injectable } from '@nestjs/common';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { RunsEvery } from '../../platform/queue/periodic.js';
import { daysFrom } from './due-dates.js';
import { findExpiringCardsJob, tellDonorJob } from './plans.jobs.js';

const BATCH = 1_000;
const SOON_DAYS = 30;

/** Donors hear of it before their card expires, once for each last day. */
@Injectable()
@RunsEvery(6 * 3_600_000)
@HandlesJob(findExpiringCardsJob)
export class FindExpiringCardsHandler implements JobHandler<Record<string, never>> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const today = legalDate(this.clock.now());
    await this.uow.acrossTenants('cards expire in every association', async () => {
      const expiring = await this.announce(daysFrom(today, SOON_DAYS));
      await this.outbox.stageMany(
        tellDonorJob,
        expiring.map(({ associationId, planId, about }) => ({
          associationId,
          planId,
          about,
          news: 'card_expiring',
        })),
      );
    });
  }

  private announce(soon: string): Promise<Array<{ associationId: string; planId: string; about: string }>> {
    return this.uow.query(
      `UPDATE plans SET announced_expiry_on = card_expires_on
        WHERE (association_id, id) IN (
          SELECT association_id, id FROM plans
           WHERE state = 'active' AND card_expires_on IS NOT NULL AND (card_expires_on <= $1 OR card_expires_on < next_due_on)
             AND announced_expiry_on IS DISTINCT FROM card_expires_on
           LIMIT $2)
       RETURNING association_id AS "associationId", id AS "planId", mandate_id || ' ' || card_expires_on AS about`,
      [soon, BATCH],
    );
  }
}
