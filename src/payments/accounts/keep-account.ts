import { Inject, Injectable } from '@nestjs/common';
import { SettleAlert } from '../../alerts/index.js';
import type { Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { MollieAccount } from './mollie-account.entity.js';
import { MollieAccountsRepository } from './mollie-accounts.repository.js';
import { PaymentAccounts } from './payment-accounts.js';

type Told = 'associationId' | 'id' | 'kind' | 'mode' | 'sealedSecret' | 'connectedBy';

/** Writes down an account that was proven to work. With a profile it is the current one from then on. */
@Injectable()
export class KeepAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: MollieAccountsRepository,
    private readonly payments: PaymentAccounts,
    private readonly settleAlert: SettleAlert,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In a unit of the association. */
  async insert(told: Pick<MollieAccount, Told> & Partial<MollieAccount>): Promise<void> {
    const now = this.clock.now();
    const account = Object.assign(new MollieAccount(), {
      state: 'connected',
      isCurrent: typeof told.profileId === 'string',
      checkedAt: now,
      connectedAt: now,
      ...told,
    });
    await this.accounts.lockChanges();
    if (account.isCurrent) await this.retire();
    await this.accounts.insert(account);
    this.forgetAfterCommit();
  }

  /** In a unit of the association: the profile was what a connected account was waiting for. */
  async complete(account: MollieAccount, profile: { id: string; name: string }): Promise<void> {
    await this.accounts.lockChanges();
    await this.retire();
    await this.accounts.update(account, {
      profileId: profile.id,
      profileName: profile.name,
      profileChoices: null,
      isCurrent: true,
    });
    this.forgetAfterCommit();
  }

  /** If it was one whose consent had ended, nobody needs to be warned of that any more. */
  private async retire(): Promise<void> {
    const id = await this.accounts.retireCurrent();
    if (id === undefined) return;
    const subject = { type: 'account', id } as const;
    await this.settleAlert.run({ kind: 'account_disconnected', subject }, 'Another account was connected.');
  }

  private forgetAfterCommit(): void {
    const { associationId } = this.uow;
    this.uow.afterCommit(() => this.payments.forget(associationId));
  }
}
