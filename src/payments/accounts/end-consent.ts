import { Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { publicId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainEvents } from '../../platform/events/domain-events.js';
import { logger } from '../../platform/logging/logger.js';
import { AccountDisconnected } from './accounts.events.js';
import type { MollieAccount } from './mollie-account.entity.js';

/** Mollie no longer takes the refresh token: the association took its consent back, in Mollie's own dashboard. */
@Injectable()
export class EndConsent {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly journal: Journal,
    private readonly events: DomainEvents,
  ) {}

  /** Told once. The account stays current: payments must not go elsewhere until somebody decides. */
  run({ associationId, id }: MollieAccount, leaseId: string): Promise<void> {
    return this.uow.inTenant(associationId, async () => {
      const ended = await this.uow.execute(
        `UPDATE provider_accounts SET state = 'revoked', revoked_at = now(), sealed_access = NULL, access_expires_at = NULL,
                lease_id = NULL, lease_until = NULL
          WHERE association_id = $1 AND id = $2 AND lease_id = $3 AND state = 'connected'`,
        [associationId, id, leaseId],
      );
      if (ended === 0) return;
      logger.error({ associationId, accountId: id }, 'an association’s consent was taken back at Mollie');
      const subject = publicId('account', id);
      await this.journal.record({ actor: 'system', action: 'mollie.consent_ended', subject });
      await this.events.publish(AccountDisconnected, { associationId, accountId: id });
    });
  }
}
