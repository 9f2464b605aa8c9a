import type { Money } from '../../kernel/money.js';
import * as customers from './mollie-customers.js';
import { MollieLink, type MollieOptions } from './mollie-link.js';
import * as payments from './mollie-payments.js';
import * as returns from './mollie-returns.js';
import {
  PaymentProvider,
  type CreatePayment,
  type CreateRefund,
  type PaymentSequence,
  type ProviderAccount,
} from './payment-provider.js';

/** Payments at Mollie, or at whoever speaks like it. Every outcome is an answer, none is thrown. */
export class MollieProvider extends PaymentProvider {
  private readonly link: MollieLink;

  constructor(options: MollieOptions) {
    super();
    this.link = new MollieLink(options);
  }

  createPayment(account: ProviderAccount, input: CreatePayment) {
    return this.link.as(account, (client) => payments.createPayment(client, input));
  }

  getPayment(account: ProviderAccount, providerId: string) {
    return this.link.as(account, (client) => payments.getPayment(client, providerId));
  }

  cancelPayment(account: ProviderAccount, providerId: string, idempotencyKey: string) {
    return this.link.as(account, (client) => payments.cancelPayment(client, providerId, idempotencyKey));
  }

  listMethods(account: ProviderAccount, amount: Money, locale: 'fr_FR' | 'en_GB', sequence: PaymentSequence) {
    return this.link.as(account, (client) => payments.listMethods(client, { amount, locale, sequence }));
  }

  findPayment(account: ProviderAccount, customerId: string, paymentId: string) {
    return this.link.as(account, (client) => payments.findPayment(client, customerId, paymentId));
  }

  createRefund(account: ProviderAccount, input: CreateRefund) {
    return this.link.as(account, (client) => returns.createRefund(client, input));
  }

  cancelRefund(account: ProviderAccount, providerPaymentId: string, providerRefundId: string) {
    return this.link.as(account, (client) =>
      returns.cancelRefund(client, providerPaymentId, providerRefundId),
    );
  }

  createCustomer(account: ProviderAccount, input: customers.CreateCustomer) {
    return this.link.as(account, (client) => customers.createCustomer(client, input));
  }

  getMandate(account: ProviderAccount, customerId: string, mandateId: string) {
    return this.link.as(account, (client) => customers.getMandate(client, customerId, mandateId));
  }

  revokeMandate(account: ProviderAccount, customerId: string, mandateId: string) {
    return this.link.as(account, (client) => customers.revokeMandate(client, customerId, mandateId));
  }

  listSettlements(account: ProviderAccount, isKnown: (settlementId: string) => boolean) {
    return this.link.as(account, (client) => returns.listSettlements(client, isKnown));
  }

  settlementParts(account: ProviderAccount, settlementId: string) {
    return this.link.as(account, (client) => returns.settlementParts(client, settlementId));
  }

  override close(): void {
    this.link.close();
  }
}
