import type { z } from 'zod';
import type { ProviderMode } from '../providers/payment-provider.js';
import type { mollieResponse } from './accounts.dto.js';
import type { MollieAccount } from './mollie-account.entity.js';

type Response = z.input<typeof mollieResponse>;

export interface MollieStanding {
  current: MollieAccount | null;
  waiting: MollieAccount | null;
  /** Of the installation's key; null without one. */
  installationMode: ProviderMode | null;
  canConnect: boolean;
}

/** Everything but secrets. */
export function presentMollie({ current, waiting, installationMode, canConnect }: MollieStanding): Response {
  return {
    object: 'mollie_account',
    ...(current ? presentOwn(current) : presentShared(installationMode)),
    needsProfile: waiting && {
      organization: organizationOf(waiting)!,
      mode: waiting.mode,
      profiles: waiting.profileChoices ?? [],
    },
    canConnect,
  };
}

type Standing = Omit<Response, 'object' | 'needsProfile' | 'canConnect'>;

function presentOwn(account: MollieAccount): Standing {
  const { kind, mode, profileId, profileName, hint, connectedAt } = account;
  const isConnected = account.state === 'connected';
  return {
    kind,
    status: isConnected ? 'connected' : 'disconnected',
    mode,
    organization: organizationOf(account),
    profile: profileId === null ? null : { id: profileId, name: profileName ?? '' },
    apiKeyHint: hint,
    onboarding: presentOnboarding(account),
    takesApplicationFee: isConnected && kind === 'connect',
    connectedAt: connectedAt.toISOString(),
  };
}

function presentShared(mode: ProviderMode | null): Standing {
  return {
    kind: mode === null ? 'none' : 'installation',
    status: mode === null ? 'missing' : 'connected',
    mode,
    organization: null,
    profile: null,
    apiKeyHint: null,
    onboarding: null,
    takesApplicationFee: false,
    connectedAt: null,
  };
}

function presentOnboarding(account: MollieAccount): Response['onboarding'] {
  if (account.canReceivePayments === null || account.canReceiveSettlements === null) return null;
  return {
    status: account.onboardingStatus,
    canReceivePayments: account.canReceivePayments,
    canReceiveSettlements: account.canReceiveSettlements,
    dashboardUrl: account.dashboardUrl,
    checkedAt: account.checkedAt.toISOString(),
  };
}

function organizationOf({ organizationId, organizationName }: MollieAccount) {
  return organizationId === null ? null : { id: organizationId, name: organizationName ?? '' };
}
