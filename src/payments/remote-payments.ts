import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import type { MadeWith } from './accounts/payment-accounts.js';
import { ProviderCalls } from './accounts/provider-calls.js';
import type { Payment } from './payment.entity.js';
import { providerRefused, providerSilent } from './payments.errors.js';
import { PaymentProvider, type ProviderAnswer, type ProviderPayment } from './providers/payment-provider.js';
import { webhookUrl } from './webhook-url.js';

/** What the provider is asked with: an attempt as it stands when its transaction is over. */
export type Attempt = Pick<
  Payment,
  | 'id'
  | 'state'
  | 'checkoutUrl'
  | 'amount'
  | 'applicationFee'
  | 'sequence'
  | 'mandateId'
  | 'description'
  | 'returnUrl'
  | 'token'
  | 'locale'
  | keyof MadeWith
>;

/** Makes and reads payments at the provider, each with the account it was made with. */
@Injectable()
export class RemotePayments {
  constructor(
    private readonly provider: PaymentProvider,
    private readonly calls: ProviderCalls,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** Asked again for the same attempt it makes no second payment: the attempt's id is the idempotency key. */
  create(associationId: string, attempt: Attempt): Promise<ProviderAnswer<ProviderPayment>> {
    return this.calls.make(associationId, attempt, 'create_payment', (account) =>
      this.provider.createPayment(account, {
        idempotencyKey: attempt.id,
        paymentId: attempt.id,
        amount: attempt.amount,
        applicationFee: attempt.applicationFee.isPositive() ? attempt.applicationFee : null,
        sequence: attempt.sequence,
        customerId: null,
        mandateId: null,
        description: attempt.description,
        redirectUrl: attempt.returnUrl,
        webhookUrl: webhookUrl(this.config, attempt.token),
        locale: attempt.locale === 'fr' ? 'fr_FR' : 'en_GB',
      }),
    );
  }

  /** @returns undefined when the provider does not know an id that only a webhook claimed */
  async read(payment: Payment, providerId: string): Promise<ProviderPayment | undefined> {
    const answer = await this.calls.make(payment.associationId, payment, 'get_payment', (account) =>
      this.provider.getPayment(account, providerId),
    );
    if (answer.outcome === 'ok') return answer.value;
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    if (payment.providerId === null && answer.code === 'not_found') return undefined;
    throw providerRefused(answer.code, answer.detail);
  }
}
