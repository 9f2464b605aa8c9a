import type { Money } from '../../kernel/money.js';

export type ProviderMode = 'test' | 'live';

/** With which account the provider is called. Stored beside each payment, which is always read with it again. */
export interface ProviderAccount {
  apiKey: string;
}

export interface CreatePayment {
  /** Our attempt's id, a UUID: the same attempt asked twice makes one payment at the provider. */
  idempotencyKey: string;
  /** Carried as metadata and checked on every read: no webhook can attach another gift's payment. */
  paymentId: string;
  amount: Money;
  /** Shown on the donor's statement where the method allows it; at most 255 characters. */
  description: string;
  redirectUrl: string;
  cancelUrl?: string;
  /** Absent when our address cannot be reached from outside. */
  webhookUrl?: string;
  locale: 'fr_FR' | 'en_GB';
}

/** `unrecognised`: the provider said something this version does not know. Never final. */
export const PROVIDER_STATUSES = [
  'open',
  'pending',
  'authorized',
  'paid',
  'failed',
  'canceled',
  'expired',
  'unrecognised',
] as const;
export type ProviderStatus = (typeof PROVIDER_STATUSES)[number];

export const PROVIDER_REFUND_STATUSES = [
  'queued',
  'pending',
  'processing',
  'refunded',
  'failed',
  'canceled',
  'unrecognised',
] as const;
export type ProviderRefundStatus = (typeof PROVIDER_REFUND_STATUSES)[number];

export interface ProviderRefund {
  id: string;
  status: ProviderRefundStatus;
  amount: Money;
  createdAt: Date;
}

export interface ProviderChargeback {
  id: string;
  amount: Money;
  /** Bank's reason, only SEPA says one. */
  reason: string | null;
  createdAt: Date;
  reversedAt: Date | null;
}

/** A payment as the provider tells it now. Nothing here contains personal data. */
export interface ProviderPayment {
  id: string;
  status: ProviderStatus;
  mode: ProviderMode;
  profileId: string | null;
  amount: Money;
  amountRefunded: Money;
  amountChargedBack: Money;
  /** metadata.paymentId, or null when the payment was not made by us. */
  paymentId: string | null;
  /** "creditcard", "paypal", …; null until the donor has chosen. */
  method: string | null;
  /** Provider's code of a failure ("insufficient_funds"), for the treasurer. */
  failureReason: string | null;
  checkoutUrl: string | null;
  isCancelable: boolean;
  createdAt: Date;
  paidAt: Date | null;
  expiresAt: Date | null;
  refunds: ProviderRefund[];
  chargebacks: ProviderChargeback[];
}

/**
 * What a call to the provider came to. `refused`: it answered no, calling again will not help.
 * `unknown`: time-out, network, 5xx, 429, a page of HTML: it may or may not have happened;
 * calling again with the same idempotency key is safe for an hour.
 */
export type ProviderAnswer<T> =
  | { outcome: 'ok'; value: T }
  | { outcome: 'refused'; code: string; field: string | null; detail: string }
  | { outcome: 'unknown'; detail: string; retryAfterMs: number | null };

export interface PaymentMethod {
  id: string;
  description: string;
  minimum: Money | null;
  maximum: Money | null;
}

/** The one door to a payment provider. Never called inside a database transaction (it checks). */
export abstract class PaymentProvider {
  abstract createPayment(
    account: ProviderAccount,
    input: CreatePayment,
  ): Promise<ProviderAnswer<ProviderPayment>>;
  /** With refunds and chargebacks. */
  abstract getPayment(account: ProviderAccount, providerId: string): Promise<ProviderAnswer<ProviderPayment>>;
  abstract cancelPayment(
    account: ProviderAccount,
    providerId: string,
    idempotencyKey: string,
  ): Promise<ProviderAnswer<ProviderPayment>>;
  abstract listMethods(
    account: ProviderAccount,
    amount: Money,
    locale: 'fr_FR' | 'en_GB',
  ): Promise<ProviderAnswer<PaymentMethod[]>>;

  /** Lets go of connections; nothing is asked afterwards. */
  close(): void {}
}
