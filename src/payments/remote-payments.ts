import { Injectable } from '@nestjs/common';
import { providerCalls } from '../platform/metrics/metrics.js';
import { PaymentAccounts } from './payment-accounts.js';
import type { Payment } from './payment.entity.js';
import { providerRefused, providerSilent } from './payments.errors.js';
import { PaymentProvider, type ProviderPayment } from './providers/payment-provider.js';

/** Reads payments at the provider, each with the account it was made with. */
@Injectable()
export class RemotePayments {
  constructor(
    private readonly provider: PaymentProvider,
    private readonly accounts: PaymentAccounts,
  ) {}

  /** @returns undefined when the provider does not know an id that only a webhook claimed */
  async read(payment: Payment, providerId: string): Promise<ProviderPayment | undefined> {
    const answer = await this.provider.getPayment(this.accounts.current(), providerId);
    providerCalls.inc({ call: 'get_payment', outcome: answer.outcome });
    if (answer.outcome === 'ok') return answer.value;
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    if (payment.providerId === null && answer.code === 'not_found') return undefined;
    throw providerRefused(answer.code, answer.detail);
  }
}
