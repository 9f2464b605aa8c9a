import { Injectable } from '@nestjs/common';
import { providerCalls } from '../../platform/metrics/metrics.js';
import type { ProviderAccount, ProviderAnswer } from '../providers/payment-provider.js';
import { PaymentAccounts, type MadeWith } from './payment-accounts.js';

/** Every call to the provider goes through here: with the right account, and counted. */
@Injectable()
export class ProviderCalls {
  constructor(private readonly accounts: PaymentAccounts) {}

  /**
   * Outside any transaction.
   * @param name of the call, for the metrics: "create_payment"
   */
  async make<T>(
    associationId: string,
    made: MadeWith,
    name: string,
    ask: (account: ProviderAccount) => Promise<ProviderAnswer<T>>,
  ): Promise<ProviderAnswer<T>> {
    const answer = await ask(await this.accounts.credentials(associationId, made));
    providerCalls.inc({ call: name, outcome: answer.outcome });
    return answer;
  }
}
