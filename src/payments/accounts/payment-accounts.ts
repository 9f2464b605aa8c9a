import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import type { ProviderAccount, ProviderMode } from '../providers/payment-provider.js';

/** With which account something was made at the provider; stored beside it, and used whenever it is read again. */
export interface MadeWith {
  /** The association's own account; null: the installation's key. */
  accountId: string | null;
  mode: ProviderMode;
  profileId: string | null;
  organizationId: string | null;
}

/** The account of new payments. */
export interface CurrentAccount extends MadeWith {
  /** May a contribution to the platform ride along? Only through an access token of the platform's own app. */
  takesApplicationFee: boolean;
}

/** Which account an association's payments are made with, and how the provider is called for it. */
@Injectable()
export class PaymentAccounts {
  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  /** In a unit of the association. */
  async current(): Promise<CurrentAccount> {
    const apiKey = this.config.mollie.apiKey ?? '';
    return {
      accountId: null,
      mode: apiKey.startsWith('live_') ? 'live' : 'test',
      profileId: null,
      organizationId: null,
      takesApplicationFee: false,
    };
  }

  /** Outside any unit: a token may have to be refreshed. */
  async credentials(_associationId: string, _made: MadeWith): Promise<ProviderAccount> {
    return { apiKey: this.config.mollie.apiKey ?? '' };
  }
}
