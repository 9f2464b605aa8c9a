import type { LegalDate } from '../../kernel/clock.js';
import type { Money } from '../../kernel/money.js';

export type ProviderMode = 'test' | 'live';

/** With which account the provider is called; an access token acts for one of its organisation's profiles, in one mode. */
export type ProviderAccount =
  { apiKey: string } | { accessToken: string; profileId: string; testmode: boolean };

/** `first` makes a mandate besides the payment; `recurring` charges it without the donor. */
export const PAYMENT_SEQUENCES = ['oneoff', 'first', 'recurring'] as const;
export type PaymentSequence = (typeof PAYMENT_SEQUENCES)[number];

export interface CreatePayment {
  /** Our attempt's id, a UUID: the same attempt asked twice makes one payment at the provider. */
  idempotencyKey: string;
  /** Carried as metadata and checked on every read: no webhook can attach another gift's payment. */
  paymentId: string;
  /** What the donor pays, a contribution to the platform included. */
  amount: Money;
  /** The contribution to the platform; only with an access token. */
  applicationFee: Money | null;
  sequence: PaymentSequence;
  /** For `first` and `recurring`. */
  customerId: string | null;
  /** For `recurring`. */
  mandateId: string | null;
  /** Shown on the donor's statement where the method allows it; at most 255 characters. */
  description: string;
  /** Null when nobody is there to come back: `recurring`. */
  redirectUrl: string | null;
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
  /** metadata.refundId: ours, or null when it was made in the provider's dashboard. */
  refundId: string | null;
  status: ProviderRefundStatus;
  amount: Money;
  createdAt: Date;
}

export interface ProviderChargeback {
  id: string;
  amount: Money;
  /** Bank's code and words, only SEPA says them. */
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
  sequence: PaymentSequence;
  customerId: string | null;
  /** Known once the payment is paid. */
  mandateId: string | null;
  amount: Money;
  applicationFee: Money | null;
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

export interface CreateRefund {
  providerPaymentId: string;
  /** Our refund's id: idempotency key and metadata. */
  refundId: string;
  amount: Money;
  description: string;
}

export interface ProviderMandate {
  id: string;
  status: 'pending' | 'valid' | 'invalid' | 'unrecognised';
  /** "creditcard", "directdebit", "paypal". */
  method: string;
  /** Last day of the month on the card. */
  cardExpiresOn: LegalDate | null;
}

export interface SettlementPart {
  /** "tr_…", "re_…", "chb_…" */
  id: string;
  /** The payment it belongs to. */
  paymentId: string;
  /**
   * What it moved on the balance in this settlement, without the provider's fees: a payment its whole amount, a
   * contribution to the platform included; a refund or chargeback less than nothing, or more when it came back.
   */
  moved: Money;
}

/** One payout to the association's bank account, with what it is made of. Only with an access token. */
export interface ProviderSettlement {
  id: string;
  /** As on the bank statement; null while it is open. */
  reference: string | null;
  status: 'open' | 'pending' | 'paidout' | 'failed' | 'unrecognised';
  amount: Money;
  createdAt: Date | null;
  settledAt: Date | null;
  /** The provider's own fees, VAT included, as it subtracted them. */
  costs: Money;
}

export interface SettlementParts {
  payments: SettlementPart[];
  refunds: SettlementPart[];
  chargebacks: SettlementPart[];
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
    sequence: PaymentSequence,
  ): Promise<ProviderAnswer<PaymentMethod[]>>;

  /**
   * Looks for the payment of ours that a call without an answer may have made; by metadata, among the customer's.
   * The provider forgets idempotency keys after an hour: whoever asks again later looks first.
   */
  abstract findPayment(
    account: ProviderAccount,
    customerId: string,
    paymentId: string,
  ): Promise<ProviderAnswer<ProviderPayment | null>>;

  abstract createRefund(
    account: ProviderAccount,
    input: CreateRefund,
  ): Promise<ProviderAnswer<ProviderRefund>>;
  /** Possible while it is queued or pending. */
  abstract cancelRefund(
    account: ProviderAccount,
    providerPaymentId: string,
    providerRefundId: string,
  ): Promise<ProviderAnswer<true>>;

  /** Holds a donor's mandates; told nothing about the donor but our reference. */
  abstract createCustomer(
    account: ProviderAccount,
    input: { idempotencyKey: string; reference: string; locale: 'fr_FR' | 'en_GB' },
  ): Promise<ProviderAnswer<{ id: string }>>;
  abstract getMandate(
    account: ProviderAccount,
    customerId: string,
    mandateId: string,
  ): Promise<ProviderAnswer<ProviderMandate>>;
  abstract revokeMandate(
    account: ProviderAccount,
    customerId: string,
    mandateId: string,
  ): Promise<ProviderAnswer<true>>;

  /** Newest first, as many as it takes to reach one that `isKnown`. Refused with an API key. */
  abstract listSettlements(
    account: ProviderAccount,
    isKnown: (settlementId: string) => boolean,
  ): Promise<ProviderAnswer<ProviderSettlement[]>>;
  abstract settlementParts(
    account: ProviderAccount,
    settlementId: string,
  ): Promise<ProviderAnswer<SettlementParts>>;

  /** Lets go of connections; nothing is asked afterwards. */
  close(): void {}
}
