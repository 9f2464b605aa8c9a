import { Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { publicId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { providerSilent } from '../payments.errors.js';
import { AccountProvider } from '../providers/account-provider.js';
import { notConnected } from './accounts.errors.js';
import type { MollieAccount } from './mollie-account.entity.js';
import { MollieAccountsRepository } from './mollie-accounts.repository.js';
import { PaymentAccounts } from './payment-accounts.js';
import { SealedFields } from './sealed-fields.js';

/**
 * An association takes its own account away; its gifts then go to the installation's, if there is one. An API key is
 * kept, sealed, to read what was paid with it. A consent is ended at Mollie: what was paid with it can be read again
 * only after the same organisation connects anew.
 */
@Injectable()
export class DisconnectAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: MollieAccountsRepository,
    private readonly sealed: SealedFields,
    private readonly provider: AccountProvider,
    private readonly payments: PaymentAccounts,
    private readonly journal: Journal,
  ) {}

  /** @throws DomainError `mollie_not_connected`, `payment_provider_unavailable` (nothing has changed) */
  async run(associationId: string, actor: string): Promise<void> {
    const account = await this.uow.inTenant(associationId, () => this.connected());
    if (account.kind === 'connect' && account.state === 'connected') await this.revoke(account);
    await this.uow.inTenant(associationId, () => this.end(account.id, actor));
  }

  private async connected(): Promise<MollieAccount> {
    const account = (await this.accounts.findCurrent()) ?? (await this.accounts.findWithoutProfile());
    if (!account) throw notConnected();
    return account;
  }

  /** A refusal means that there was nothing left to end. */
  private async revoke(account: MollieAccount): Promise<void> {
    const answer = await this.provider.revoke(
      this.sealed.open(account, 'sealedSecret', account.sealedSecret),
    );
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
  }

  private async end(id: string, actor: string): Promise<void> {
    const account = await this.accounts.getForUpdate(id);
    if (account.state === 'revoked' && !account.isCurrent) return;
    await this.accounts.revoke(account);
    await this.journal.record({ actor, action: 'mollie.disconnected', subject: publicId('account', id) });
    const { associationId } = account;
    this.uow.afterCommit(() => this.payments.forget(associationId));
  }
}
