import type { MoneyJson } from '../../kernel/money.js';

export const ONBOARDING_STATUSES = ['needs-data', 'in-review', 'completed'] as const;
export type OnboardingStatus = (typeof ONBOARDING_STATUSES)[number];

/** A merchant that connects an application to its account. */
export interface OrganizationRecord {
  id: string;
  name: string;
  profiles: { id: string; name: string; website: string }[];
  onboarding: OnboardingStatus;
  createdAt: string;
}

/** An application is known from its first use on, and its secret pinned then, as a hash. */
export interface AppRecord {
  id: string;
  secretHash: string;
}

/** Codes and tokens are kept as hashes: the state folder gives none of them away. */
export interface CodeRecord {
  id: string;
  clientId: string;
  organizationId: string;
  scopes: string[];
  redirectUri: string | null;
  expiresAt: string;
}

/** An organisation's consent to an application; its id is the hash of the refresh token. */
export interface ConnectionRecord {
  id: string;
  clientId: string;
  organizationId: string;
  scopes: string[];
  redirectUri: string | null;
  createdAt: string;
  revokedAt: string | null;
  /** How often the refresh token was used with success. */
  refreshes: number;
}

export interface AccessTokenRecord {
  id: string;
  connectionId: string;
  expiresAt: string;
}

/** Money paid out to a merchant's bank. The movements that make it up carry its id. */
export interface SettlementRecord {
  id: string;
  organizationId: string;
  reference: string;
  amount: MoneyJson;
  /** What the amount differs by from its movements, on purpose. */
  driftCents: number;
  invoiceId: string;
  createdAt: string;
  settledAt: string;
  /** Payments that it touches. */
  paymentIds: string[];
}
