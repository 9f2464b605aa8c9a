import { Inject, Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import type { Clock } from '../../kernel/clock.js';
import { newId, publicId } from '../../kernel/ids.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { logger } from '../../platform/logging/logger.js';
import type { ProviderTokens } from '../providers/account-provider.js';
import type { ConnectOutcome, Consent } from './connect-outcome.js';
import { KeepAccount } from './keep-account.js';
import { ReadOrganization, onboardingColumns, type OrganizationFacts } from './read-organization.js';
import { SealedFields } from './sealed-fields.js';

/** Tokens have come: whose are they, and with which of its profiles will gifts be taken? */
@Injectable()
export class KeepConnection {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly organization: ReadOrganization,
    private readonly keep: KeepAccount,
    private readonly sealed: SealedFields,
    private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(consent: Consent, tokens: ProviderTokens): Promise<ConnectOutcome> {
    const facts = await this.organization.run(tokens.accessToken);
    if (facts.outcome !== 'ok') {
      logger.warn(
        { associationId: consent.associationId, detail: facts.detail },
        'a connected account does not tell who it is',
      );
      return { is: 'failed' };
    }
    await this.uow.inTenant(consent.associationId, () => this.store(consent, tokens, facts.value));
    return {
      is: facts.value.profiles.length === 1 ? 'connected' : 'needs_profile',
      organization: facts.value.organization.name,
      mode: consent.mode,
    };
  }

  private async store(
    { associationId, mode, actor }: Consent,
    tokens: ProviderTokens,
    { organization, profiles, onboarding }: OrganizationFacts,
  ): Promise<void> {
    const whose = { associationId, id: newId() };
    const [only] = profiles.length === 1 ? profiles : [];
    await this.keep.insert({
      ...whose,
      kind: 'connect',
      mode,
      organizationId: organization.id,
      organizationName: organization.name,
      profileId: only?.id ?? null,
      profileName: only?.name ?? null,
      profileChoices: only ? null : profiles,
      sealedSecret: this.sealed.seal(whose, 'sealedSecret', tokens.refreshToken),
      sealedAccess: this.sealed.seal(whose, 'sealedAccess', tokens.accessToken),
      accessExpiresAt: new Date(this.clock.now().getTime() + tokens.expiresInMs),
      ...onboardingColumns(onboarding),
      connectedBy: actor,
    });
    await this.journal.record({
      actor,
      action: 'mollie.connected',
      subject: publicId('account', whose.id),
      details: { mode, organizationId: organization.id, profileId: only?.id ?? null },
    });
  }
}
