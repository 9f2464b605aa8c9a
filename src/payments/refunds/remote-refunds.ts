import { Injectable } from '@nestjs/common';
import { ProviderCalls } from '../accounts/provider-calls.js';
import type { Payment } from '../payment.entity.js';
import { providerRefused, providerSilent } from '../payments.errors.js';
import { PaymentProvider, type ProviderAnswer, type ProviderRefund } from '../providers/payment-provider.js';
import type { Refund } from './refund.entity.js';

/** Asks the provider for refunds, with the account that their payment was made with. Outside any transaction. */
@Injectable()
export class RemoteRefunds {
  constructor(
    private readonly provider: PaymentProvider,
    private readonly calls: ProviderCalls,
  ) {}

  /** Asked again for the same refund within the hour it makes no second one: its id is the idempotency key. */
  create(payment: Payment, refund: Refund): Promise<ProviderAnswer<ProviderRefund>> {
    return this.calls.make(payment.associationId, payment, 'create_refund', (account) =>
      this.provider.createRefund(account, {
        providerPaymentId: payment.providerId!,
        refundId: refund.id,
        amount: refund.amount,
        description: payment.description,
      }),
    );
  }

  cancel(payment: Payment, refund: Refund): Promise<ProviderAnswer<true>> {
    return this.calls.make(payment.associationId, payment, 'cancel_refund', (account) =>
      this.provider.cancelRefund(account, payment.providerId!, refund.providerRefundId!),
    );
  }

  /**
   * The refund that a call without an answer may have made.
   * @throws DomainError `payment_provider_unavailable`, `payment_refused_by_provider`: then nothing is known
   */
  async find(payment: Payment, refund: Refund): Promise<ProviderRefund | undefined> {
    const answer = await this.calls.make(payment.associationId, payment, 'get_payment', (account) =>
      this.provider.getPayment(account, payment.providerId!),
    );
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    if (answer.outcome === 'refused') throw providerRefused(answer.code, answer.detail);
    return answer.value.refunds.find(({ refundId }) => refundId === refund.id);
  }
}
