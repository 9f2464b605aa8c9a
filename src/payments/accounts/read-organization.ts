import { Injectable } from '@nestjs/common';
import {
  AccountProvider,
  type ProviderOnboarding,
  type ProviderProfile,
} from '../providers/account-provider.js';
import type { ProviderAnswer } from '../providers/payment-provider.js';
import type { MollieAccount } from './mollie-account.entity.js';

export interface OrganizationFacts {
  organization: { id: string; name: string };
  profiles: ProviderProfile[];
  onboarding: ProviderOnboarding;
}

/** Whom an access token stands for. Outside any unit. */
@Injectable()
export class ReadOrganization {
  constructor(private readonly provider: AccountProvider) {}

  /** The first answer that is no yes, or all of them. */
  async run(accessToken: string): Promise<ProviderAnswer<OrganizationFacts>> {
    const [organization, profiles, onboarding] = await Promise.all([
      this.provider.organization(accessToken),
      this.provider.profiles(accessToken),
      this.provider.onboarding(accessToken),
    ]);
    if (organization.outcome !== 'ok') return organization;
    if (profiles.outcome !== 'ok') return profiles;
    if (onboarding.outcome !== 'ok') return onboarding;
    const value = {
      organization: organization.value,
      profiles: profiles.value,
      onboarding: onboarding.value,
    };
    return { outcome: 'ok', value };
  }
}

type OnboardingColumns = Pick<
  MollieAccount,
  'onboardingStatus' | 'canReceivePayments' | 'canReceiveSettlements' | 'dashboardUrl'
>;

export function onboardingColumns(told: ProviderOnboarding): OnboardingColumns {
  return {
    onboardingStatus: told.status === 'unrecognised' ? null : told.status,
    canReceivePayments: told.canReceivePayments,
    canReceiveSettlements: told.canReceiveSettlements,
    dashboardUrl: told.dashboardUrl,
  };
}
