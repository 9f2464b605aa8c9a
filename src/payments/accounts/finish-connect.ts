import { Inject, Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import type { Clock } from '../../kernel/clock.js';
import { tokenAssociation } from '../../kernel/scoped-token.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { logger } from '../../platform/logging/logger.js';
import { AccountProvider } from '../providers/account-provider.js';
import type { ProviderMode } from '../providers/payment-provider.js';
import { hashState } from './begin-connect.js';
import type { ConnectOutcome, Consent } from './connect-outcome.js';
import { KeepConnection } from './keep-connection.js';

/** What Mollie adds to the address it sends the owner back to. */
export interface ConnectReturn {
  state?: string;
  code?: string;
  error?: string;
}

/** The owner is back from Mollie. Whoever holds the state acts for the association and the actor that began. */
@Injectable()
export class FinishConnect {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly provider: AccountProvider,
    private readonly keep: KeepConnection,
    private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ state = '', code, error }: ConnectReturn): Promise<ConnectOutcome> {
    const consent = await this.redeem(state);
    if (!consent) return { is: 'expired' };
    if (error !== undefined || !code) {
      await this.noteRefusal(consent);
      return { is: 'refused' };
    }
    const tokens = await this.provider.exchangeCode(code);
    if (tokens.outcome === 'ok') return this.keep.run(consent, tokens.value);
    logger.warn({ associationId: consent.associationId, detail: tokens.detail }, 'a consent gave no token');
    const isOld = tokens.outcome === 'refused' && tokens.code === 'invalid_grant';
    return { is: isOld ? 'expired' : 'failed' };
  }

  /** A state works once, whatever comes of it. */
  private async redeem(state: string): Promise<Consent | undefined> {
    const associationId = tokenAssociation(state);
    if (!associationId) return undefined;
    const [consent] = await this.uow.inTenant(associationId, () =>
      this.uow.query<{ mode: ProviderMode; actor: string; expiresAt: Date }>(
        `DELETE FROM provider_consents WHERE association_id = $1 AND token_hash = $2
         RETURNING mode, actor, expires_at AS "expiresAt"`,
        [associationId, hashState(state)],
      ),
    );
    if (!consent || consent.expiresAt <= this.clock.now()) return undefined;
    return { associationId, mode: consent.mode, actor: consent.actor };
  }

  private noteRefusal({ associationId, actor }: Consent): Promise<void> {
    return this.uow.inTenant(associationId, () =>
      this.journal.record({ actor, action: 'mollie.consent_refused', subject: 'mollie' }),
    );
  }
}
