import { Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { invalidField } from '../../kernel/domain-error.js';
import { newId, publicId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { providerSilent } from '../payments.errors.js';
import { AccountProvider } from '../providers/account-provider.js';
import { KeepAccount } from './keep-account.js';
import { SealedFields } from './sealed-fields.js';

const HINT_LENGTH = 4;

/** An association brings its own API key: its gifts go to its own account from then on. */
@Injectable()
export class SetApiKey {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly provider: AccountProvider,
    private readonly keep: KeepAccount,
    private readonly sealed: SealedFields,
    private readonly journal: Journal,
  ) {}

  /** @throws DomainError `validation_failed` with `api_key_refused`, `payment_provider_unavailable` */
  async run(associationId: string, apiKey: string, actor: string): Promise<void> {
    const answer = await this.provider.keyProfile(apiKey);
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    if (answer.outcome === 'refused')
      throw invalidField('/apiKey', 'api_key_refused', 'Mollie does not take this key.');
    const { id: profileId, name: profileName, mode } = answer.value;
    await this.uow.inTenant(associationId, async () => {
      const whose = { associationId, id: newId() };
      await this.keep.insert({
        ...whose,
        kind: 'api_key',
        mode,
        profileId,
        profileName,
        sealedSecret: this.sealed.seal(whose, 'sealedSecret', apiKey),
        hint: apiKey.slice(-HINT_LENGTH),
        connectedBy: actor,
      });
      const subject = publicId('account', whose.id);
      await this.journal.record({
        actor,
        action: 'mollie.api_key_set',
        subject,
        details: { mode, profileId },
      });
    });
  }
}
