import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import type { ProviderMode } from '../providers/payment-provider.js';
import { isMissingAccount } from './accounts.errors.js';
import { PaymentAccounts, type CurrentAccount } from './payment-accounts.js';

/** Answers about an association's account at the provider, for the modules above. */
@Injectable()
export class PaymentAccountQueries {
  constructor(
    private readonly accounts: PaymentAccounts,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** May donors of this association add a contribution to the platform? In a unit of the association. */
  async takesApplicationFee(): Promise<boolean> {
    return (await this.current())?.takesApplicationFee ?? false;
  }

  /** Of the account that would receive money now; null while no gift can be taken. In a unit of the association. */
  async mode(): Promise<ProviderMode | null> {
    return (await this.current())?.mode ?? null;
  }

  /** Does no real money move here, so that every page must say so? In a unit of the association. */
  async isTest(): Promise<boolean> {
    const isMollie = new URL(this.config.mollie.apiUrl).hostname.endsWith('mollie.com');
    return !isMollie || (await this.mode()) === 'test';
  }

  private async current(): Promise<CurrentAccount | null> {
    try {
      return await this.accounts.current();
    } catch (error) {
      if (isMissingAccount(error)) return null;
      throw error;
    }
  }
}
