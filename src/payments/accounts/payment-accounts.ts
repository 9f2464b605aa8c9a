import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { ProviderAccount, ProviderAnswer, ProviderMode } from '../providers/payment-provider.js';
import { AccessTokens } from './access-tokens.js';
import { accountDisconnected, noAccount } from './accounts.errors.js';
import type { MollieAccount } from './mollie-account.entity.js';
import { MollieAccountsRepository } from './mollie-accounts.repository.js';
import { SealedFields } from './sealed-fields.js';
import { ShortMemory } from './short-memory.js';

/** With which account something was made at the provider; stored beside it, and used whenever it is read again. */
export interface MadeWith {
  /** The association's own account; null: the installation's key. */
  accountId: string | null;
  mode: ProviderMode;
  profileId: string | null;
  organizationId: string | null;
}

/** The account of new payments. */
export interface CurrentAccount extends MadeWith {
  /** May a contribution to the platform ride along? Only through an access token of the platform's own app. */
  takesApplicationFee: boolean;
}

const CURRENT_LIFE_MS = 5_000;
const KEY_LIFE_MS = 60_000;
const MANY = 5_000;

/** Which account an association's payments are made with, and how the provider is called for it. */
@Injectable()
export class PaymentAccounts {
  private readonly currents = new ShortMemory<CurrentAccount>({ lifeMs: CURRENT_LIFE_MS, size: MANY });
  private readonly keys = new ShortMemory<string>({ lifeMs: KEY_LIFE_MS, size: MANY });

  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: MollieAccountsRepository,
    private readonly sealed: SealedFields,
    private readonly tokens: AccessTokens,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * In a unit of the association. Every gift asks, so the answer is remembered for five seconds in this process. That
   * is right even when it is outdated: a payment stores the account it is made with and is made and read with exactly
   * that one, so a gift a moment after a change is as good as one a moment before it. Whoever changes the account in
   * this process makes it forgotten at once.
   * @throws DomainError `payment_account_missing`, `payment_account_disconnected`
   */
  async current(): Promise<CurrentAccount> {
    const { associationId } = this.uow;
    const known = this.currents.get(associationId);
    if (known) return known;
    const current = this.judged(await this.accounts.findCurrent());
    this.currents.set(associationId, current);
    return current;
  }

  /** After the association's account has changed. */
  forget(associationId: string): void {
    this.currents.delete(associationId);
  }

  /**
   * Outside any unit: a token may have to be refreshed.
   * @param refused what the provider has just answered with 401: it is refreshed first
   */
  async credentials(
    associationId: string,
    made: MadeWith,
    refused?: ProviderAccount,
  ): Promise<ProviderAnswer<ProviderAccount>> {
    if (made.accountId === null) return this.installationKey();
    const apiKey = this.keys.get(made.accountId);
    if (apiKey !== undefined) return ok({ apiKey });
    const { accountId } = made;
    const account = await this.uow.inTenant(associationId, () => this.opener(accountId));
    if (account.kind === 'api_key') {
      const opened = this.sealed.open(account, 'sealedSecret', account.sealedSecret);
      this.keys.set(accountId, opened);
      return ok({ apiKey: opened });
    }
    const token = refused && 'accessToken' in refused ? refused.accessToken : undefined;
    const access = await this.tokens.get(associationId, account.id, token);
    if (access.outcome !== 'ok') return access;
    return ok({
      accessToken: access.value,
      profileId: made.profileId ?? '',
      testmode: made.mode === 'test',
    });
  }

  private judged(account: MollieAccount | null): CurrentAccount {
    if (!account) return this.installation();
    if (account.state === 'revoked') throw accountDisconnected();
    const { id, mode, profileId, organizationId, kind } = account;
    return { accountId: id, mode, profileId, organizationId, takesApplicationFee: kind === 'connect' };
  }

  private installation(): CurrentAccount {
    const { apiKey } = this.config.mollie;
    if (apiKey === null) throw noAccount();
    const mode = apiKey.startsWith('live_') ? 'live' : 'test';
    return { accountId: null, mode, profileId: null, organizationId: null, takesApplicationFee: false };
  }

  private installationKey(): ProviderAnswer<ProviderAccount> {
    const { apiKey } = this.config.mollie;
    if (apiKey !== null) return ok({ apiKey });
    return { outcome: 'refused', code: noAccount().code, field: null, detail: noAccount().message };
  }

  /** The account itself; after its consent ended, the same organisation's newer one. */
  private async opener(accountId: string): Promise<MollieAccount> {
    const account = await this.accounts.get(accountId);
    if (account.kind === 'api_key' || account.state === 'connected') return account;
    return (await this.accounts.findSuccessor(account)) ?? account;
  }
}

function ok(value: ProviderAccount): ProviderAnswer<ProviderAccount> {
  return { outcome: 'ok', value };
}
