import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { tokenAssociation } from '../kernel/scoped-token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { logger } from '../platform/logging/logger.js';
import { Outbox } from '../platform/queue/outbox.js';
import { syncPaymentJob } from './payments.jobs.js';

/** Writes down that the provider called, and that somebody must look. Nothing is decided here. */
@Injectable()
export class ReceiveWebhook {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /** @throws DomainError `database_unavailable`: the provider then calls again */
  async run(token: string, claimedId: unknown): Promise<void> {
    const associationId = tokenAssociation(token);
    if (!associationId) return;
    const claimedProviderId =
      typeof claimedId === 'string' && /^tr_\w{1,60}$/.test(claimedId) ? claimedId : null;
    await this.uow.inTenant(associationId, async () => {
      const [event] = await this.uow.query<{ paymentId: string }>(
        `INSERT INTO provider_events (association_id, id, payment_id, claimed_provider_id)
         SELECT association_id, $1, id, $2 FROM payments WHERE association_id = $3 AND token = $4
         RETURNING payment_id AS "paymentId"`,
        [newId(), claimedProviderId ?? '', associationId, token],
      );
      if (event)
        await this.outbox.stage(syncPaymentJob, {
          associationId,
          paymentId: event.paymentId,
          claimedProviderId,
        });
      else logger.warn({ associationId }, 'webhook with an unknown token');
    });
  }
}
