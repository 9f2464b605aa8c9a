import { Injectable } from '@nestjs/common';
import { PaymentAccounts } from './payment-accounts.js';

/** Answers about an association's account at the provider, for the modules above. */
@Injectable()
export class PaymentAccountQueries {
  constructor(private readonly accounts: PaymentAccounts) {}

  /** May donors of this association add a contribution to the platform? In a unit of the association. */
  async takesApplicationFee(): Promise<boolean> {
    return (await this.accounts.current()).takesApplicationFee;
  }
}
