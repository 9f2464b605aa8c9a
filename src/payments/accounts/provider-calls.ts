import { Injectable } from '@nestjs/common';
import { providerCalls } from '../../platform/metrics/metrics.js';
import type { ProviderAccount, ProviderAnswer } from '../providers/payment-provider.js';
import { PaymentAccounts, type MadeWith } from './payment-accounts.js';

/** Every call to the provider goes through here: with the right account, and counted. */
@Injectable()
export class ProviderCalls {
  constructor(private readonly accounts: PaymentAccounts) {}

  /**
   * Outside any transaction. An access token that is refused is refreshed once, and the call made again.
   * @param name of the call, for the metrics: "create_payment"
   */
  async make<T>(
    associationId: string,
    made: MadeWith,
    name: string,
    ask: (account: ProviderAccount) => Promise<ProviderAnswer<T>>,
  ): Promise<ProviderAnswer<T>> {
    const first = await this.attempt(name, await this.accounts.credentials(associationId, made), ask);
    if (!first.account || !('accessToken' in first.account) || !isUnauthorized(first.answer)) {
      return first.answer;
    }
    const renewed = await this.accounts.credentials(associationId, made, first.account);
    return (await this.attempt(name, renewed, ask)).answer;
  }

  private async attempt<T>(
    name: string,
    credentials: ProviderAnswer<ProviderAccount>,
    ask: (account: ProviderAccount) => Promise<ProviderAnswer<T>>,
  ): Promise<{ answer: ProviderAnswer<T>; account?: ProviderAccount }> {
    const isOpen = credentials.outcome === 'ok';
    const answer = isOpen ? await ask(credentials.value) : credentials;
    providerCalls.inc({ call: name, outcome: answer.outcome });
    return isOpen ? { answer, account: credentials.value } : { answer };
  }
}

function isUnauthorized(answer: ProviderAnswer<unknown>): boolean {
  return answer.outcome === 'refused' && answer.code === 'unauthorized';
}
