import type { ProviderAnswer, ProviderMode } from './payment-provider.js';

/** What a consent gives: the refresh token is kept, the access token is used until it expires. */
export interface ProviderTokens {
  accessToken: string;
  refreshToken: string;
  expiresInMs: number;
  /** What the association agreed to: "payments.read". */
  scopes: string[];
}

export interface ProviderProfile {
  id: string;
  name: string;
}

export interface ProviderOnboarding {
  status: 'needs-data' | 'in-review' | 'completed' | 'unrecognised';
  canReceivePayments: boolean;
  canReceiveSettlements: boolean;
  /** Where the association finishes it. */
  dashboardUrl: string | null;
}

/** Whose account it is, and how it stands. Never called inside a database transaction (it checks). */
export abstract class AccountProvider {
  /** The profile of an API key; refused `unauthorized` when the key opens nothing. */
  abstract keyProfile(apiKey: string): Promise<ProviderAnswer<ProviderProfile & { mode: ProviderMode }>>;

  abstract exchangeCode(code: string): Promise<ProviderAnswer<ProviderTokens>>;
  /** Refused `invalid_grant` when the association took its consent back. */
  abstract refresh(refreshToken: string): Promise<ProviderAnswer<ProviderTokens>>;
  /** Ends the consent with all its access tokens. */
  abstract revoke(refreshToken: string): Promise<ProviderAnswer<true>>;

  abstract organization(accessToken: string): Promise<ProviderAnswer<{ id: string; name: string }>>;
  abstract profiles(accessToken: string): Promise<ProviderAnswer<ProviderProfile[]>>;
  abstract onboarding(accessToken: string): Promise<ProviderAnswer<ProviderOnboarding>>;

  /** Lets go of connections; nothing is asked afterwards. */
  close(): void {}
}
