import { Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { invalidField } from '../../kernel/domain-error.js';
import { publicId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notConnected } from './accounts.errors.js';
import { KeepAccount } from './keep-account.js';
import { MollieAccountsRepository } from './mollie-accounts.repository.js';

/** Of an organisation with several profiles one takes the gifts. */
@Injectable()
export class ChooseProfile {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: MollieAccountsRepository,
    private readonly keep: KeepAccount,
    private readonly journal: Journal,
  ) {}

  /** @throws DomainError `mollie_not_connected` when none waits for it, `validation_failed` */
  run(associationId: string, profileId: string, actor: string): Promise<void> {
    return this.uow.inTenant(associationId, async () => {
      const waiting = await this.accounts.findWithoutProfile();
      if (!waiting) throw notConnected();
      const account = await this.accounts.getForUpdate(waiting.id);
      const profile = account.profileChoices?.find(({ id }) => id === profileId);
      if (!profile)
        throw invalidField('/profileId', 'profile_unknown', 'The connected account has no such profile.');
      await this.keep.complete(account, profile);
      const subject = publicId('account', account.id);
      await this.journal.record({ actor, action: 'mollie.profile_chosen', subject, details: { profileId } });
    });
  }
}
