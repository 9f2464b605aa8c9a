import { Injectable } from '@nestjs/common';
import type { ProviderMode } from '../providers/payment-provider.js';
import { isMissingAccount } from './accounts.errors.js';
import { PaymentAccounts, type CurrentAccount } from './payment-accounts.js';

/** Answers about an association's account at the provider, for the modules above. */
@Injectable()
export class PaymentAccountQueries {
  constructor(private readonly accounts: PaymentAccounts) {}

  /** May donors of this association add a contribution to the platform? In a unit of the association. */
  async takesApplicationFee(): Promise<boolean> {
    return (await this.current())?.takesApplicationFee ?? false;
  }

  /** Does real money move here? Null while no gift can be taken. In a unit of the association. */
  async mode(): Promise<ProviderMode | null> {
    return (await this.current())?.mode ?? null;
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
