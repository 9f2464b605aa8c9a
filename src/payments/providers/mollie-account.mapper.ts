import { z } from 'zod';
import type { ProviderOnboarding, ProviderProfile, ProviderTokens } from './account-provider.js';
import type { ProviderMode } from './payment-provider.js';

const tokens = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  /** Seconds. */
  expires_in: z.number().positive(),
  scope: z.string().nullish(),
});

/** @throws ZodError, which holds no value */
export function toProviderTokens(json: unknown): ProviderTokens {
  const told = tokens.parse(json);
  return {
    accessToken: told.access_token,
    refreshToken: told.refresh_token,
    expiresInMs: told.expires_in * 1000,
    scopes: told.scope?.split(' ').filter(Boolean) ?? [],
  };
}

const named = z.object({ id: z.string(), name: z.string() });

/** @throws ZodError */
export function toOrganization(json: unknown): { id: string; name: string } {
  const { id, name } = named.parse(json);
  return { id, name };
}

/** @throws ZodError */
export function toProfile(json: unknown): ProviderProfile {
  const { id, name } = named.parse(json);
  return { id, name };
}

/** The key says its mode; a profile's own `mode` tells whether it may go live. */
export function keyMode(apiKey: string): ProviderMode {
  return apiKey.startsWith('live_') ? 'live' : 'test';
}

const onboarding = z.object({
  status: z.enum(['needs-data', 'in-review', 'completed', 'unrecognised']).catch('unrecognised'),
  canReceivePayments: z.boolean(),
  canReceiveSettlements: z.boolean(),
  _links: z.object({ dashboard: z.object({ href: z.url({ protocol: /^https?$/ }) }).nullish() }).nullish(),
});

/** @throws ZodError */
export function toOnboarding(json: unknown): ProviderOnboarding {
  const { _links, ...told } = onboarding.parse(json);
  return { ...told, dashboardUrl: _links?.dashboard?.href ?? null };
}
