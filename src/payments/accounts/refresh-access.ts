import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { CLOCK } from '../../platform/clock.token.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { logger } from '../../platform/logging/logger.js';
import { AccountProvider, type ProviderTokens } from '../providers/account-provider.js';
import type { ProviderAnswer } from '../providers/payment-provider.js';
import { accountDisconnected } from './accounts.errors.js';
import { EndConsent } from './end-consent.js';
import type { MollieAccount } from './mollie-account.entity.js';
import { SealedFields } from './sealed-fields.js';

/** How much longer a lease is than the longest call to the token endpoint: time to store the answer. */
const LEASE_MARGIN_MS = 15_000;

/** The right to refresh, and what with. */
export interface Lease {
  account: MollieAccount;
  leaseId: string;
  refreshToken: string;
}

/**
 * Asks Mollie for a new access token: one process at a time. No lock is held while Mollie is asked; a lease in the row
 * keeps the others waiting, and runs out by itself when its holder was killed.
 */
@Injectable()
export class RefreshAccess {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sealed: SealedFields,
    private readonly provider: AccountProvider,
    private readonly endConsent: EndConsent,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * In a unit of the association.
   * @param account as just read: if another token has been stored since, there is nothing to refresh
   * @returns undefined when somebody else is at it, or was
   * @throws DomainError `secret_key_unknown`, `secret_unreadable`
   */
  async takeLease(account: MollieAccount): Promise<Lease | undefined> {
    const leaseId = newId();
    const refreshToken = this.sealed.open(account, 'sealedSecret', account.sealedSecret);
    const taken = await this.uow.execute(
      `UPDATE provider_accounts SET lease_id = $3, lease_until = now() + $4 * interval '1 millisecond'
        WHERE association_id = $1 AND id = $2 AND state = 'connected' AND sealed_access IS NOT DISTINCT FROM $5
          AND (lease_until IS NULL OR lease_until < now())`,
      [
        account.associationId,
        account.id,
        leaseId,
        this.config.mollie.timeoutMs + LEASE_MARGIN_MS,
        account.sealedAccess,
      ],
    );
    return taken === 1 ? { account, leaseId, refreshToken } : undefined;
  }

  /** Outside any unit, by the holder of the lease. Refused: the association must connect again. */
  async run({ account, leaseId, refreshToken }: Lease): Promise<ProviderAnswer<ProviderTokens>> {
    const answer = await this.provider.refresh(refreshToken);
    if (answer.outcome === 'ok') {
      await this.store(account, leaseId, answer.value);
      return answer;
    }
    if (answer.outcome === 'refused' && answer.code === 'invalid_grant') {
      await this.endConsent.run(account, leaseId);
      return disconnected();
    }
    await this.giveBack(account, leaseId);
    if (answer.outcome === 'unknown') return answer;
    // Not the association's fault: the platform's own app is refused. Nothing is lost, everything waits.
    logger.error({ code: answer.code }, 'Mollie refuses the platform’s own app (MOLLIE_CLIENT_ID, _SECRET)');
    return { outcome: 'unknown', detail: answer.detail, retryAfterMs: null };
  }

  /** Whoever lost the lease meanwhile stores nothing: a later token may be there. */
  private store(account: MollieAccount, leaseId: string, tokens: ProviderTokens): Promise<number> {
    const seal = (field: 'sealedSecret' | 'sealedAccess', secret: string) =>
      this.sealed.seal(account, field, secret);
    return this.uow.inTenant(account.associationId, () =>
      this.uow.execute(
        `UPDATE provider_accounts SET sealed_secret = $4, sealed_access = $5, access_expires_at = $6, lease_id = NULL, lease_until = NULL
          WHERE association_id = $1 AND id = $2 AND lease_id = $3 AND state = 'connected'`,
        [
          account.associationId,
          account.id,
          leaseId,
          seal('sealedSecret', tokens.refreshToken),
          seal('sealedAccess', tokens.accessToken),
          new Date(this.clock.now().getTime() + tokens.expiresInMs),
        ],
      ),
    );
  }

  private giveBack({ associationId, id }: MollieAccount, leaseId: string): Promise<number> {
    return this.uow.inTenant(associationId, () =>
      this.uow.execute(
        `UPDATE provider_accounts SET lease_id = NULL, lease_until = NULL
          WHERE association_id = $1 AND id = $2 AND lease_id = $3`,
        [associationId, id, leaseId],
      ),
    );
  }
}

/** What was made with this account cannot be read or charged any more. */
export function disconnected(): ProviderAnswer<never> {
  const { code, message } = accountDisconnected();
  return { outcome: 'refused', code, field: null, detail: message };
}
