import { AccountProvider } from './account-provider.js';
import {
  keyMode,
  toOnboarding,
  toOrganization,
  toProfile,
  toProviderTokens,
} from './mollie-account.mapper.js';
import { MollieLink, type MollieOptions } from './mollie-link.js';
import type { ProviderAccount } from './payment-provider.js';

export interface MollieAppOptions extends MollieOptions {
  /** Null where the platform has no app: then nothing can be connected. */
  app: { clientId: string; clientSecret: string } | null;
  /** Where Mollie sends the owner back to; Mollie wants to hear it with every token. */
  redirectUri: string;
}

/** On the API's origin, beside /v2 (docs.mollie.com, "OAuth API"). */
const TOKENS = '/oauth2/tokens';

/** Accounts and consents at Mollie. Its client asks its own host for tokens whatever it is told, so here we ask. */
export class MollieAccounts extends AccountProvider {
  private readonly link: MollieLink;

  constructor(private readonly options: MollieAppOptions) {
    super();
    this.link = new MollieLink(options);
  }

  keyProfile(apiKey: string) {
    return this.link.as({ apiKey }, async (client) => ({
      ...toProfile(await client.profiles.getCurrent()),
      mode: keyMode(apiKey),
    }));
  }

  exchangeCode(code: string) {
    return this.link.ask(async () => {
      // Once only: a code works once, and a second attempt would hide what became of the first.
      const told = await this.send('POST', { grant_type: 'authorization_code', code, ...this.redirect }, 1);
      return toProviderTokens(told);
    });
  }

  refresh(refreshToken: string) {
    return this.link.ask(async () => {
      const grant = { grant_type: 'refresh_token', refresh_token: refreshToken, ...this.redirect };
      return toProviderTokens(await this.send('POST', grant));
    });
  }

  revoke(refreshToken: string) {
    return this.link.ask(async () => {
      await this.send('DELETE', { token_type_hint: 'refresh_token', token: refreshToken });
      return true as const;
    });
  }

  organization(accessToken: string) {
    return this.link.as(bearer(accessToken), async (client) =>
      toOrganization(await client.organizations.getCurrent()),
    );
  }

  profiles(accessToken: string) {
    return this.link.as(bearer(accessToken), async (client) => {
      const found = [];
      for await (const profile of client.profiles.iterate()) found.push(toProfile(profile));
      return found;
    });
  }

  onboarding(accessToken: string) {
    return this.link.as(bearer(accessToken), async (client) => toOnboarding(await client.onboarding.get()));
  }

  override close(): void {
    this.link.close();
  }

  private get redirect() {
    return { redirect_uri: this.options.redirectUri };
  }

  private send(method: 'POST' | 'DELETE', form: Record<string, string>, maxAttempts?: number) {
    const { app } = this.options;
    if (!app) throw new Error('This installation has no app at Mollie.');
    const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(form).toString();
    return this.link.transport.send(`Basic ${basic}`, TOKENS, { method, headers, body }, maxAttempts);
  }
}

/** These calls are about the organisation: none of them takes a profile or a mode. */
function bearer(accessToken: string): ProviderAccount {
  return { accessToken, profileId: '', testmode: false };
}
