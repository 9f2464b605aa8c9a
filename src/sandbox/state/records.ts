import type { MoneyJson } from '../../kernel/money.js';
import type { PaymentStatus } from '../rules/payment-life.js';
import type { RefundStatus } from '../rules/refund-life.js';

export type Mode = 'test' | 'live';
export const SEQUENCE_TYPES = ['oneoff', 'first', 'recurring'] as const;
export type SequenceType = (typeof SEQUENCE_TYPES)[number];

/** Instants are ISO 8601 strings, so that a record is its own JSON. */
export interface RefundRecord {
  id: string;
  amount: MoneyJson;
  description: string;
  metadata: unknown;
  status: RefundStatus;
  createdAt: string;
}

export interface ChargebackRecord {
  id: string;
  amount: MoneyJson;
  reason: { code: string; description: string } | null;
  createdAt: string;
  reversedAt: string | null;
}

export const MOVEMENT_KINDS = [
  'payment',
  'paymentFee',
  'applicationFee',
  'refund',
  'refundFee',
  'refundReturned',
  'chargeback',
  'chargebackFee',
  'chargebackReturned',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** One fact that moved the merchant's balance: signed as the merchant sees it, never changed, settled once. */
export interface MovementRecord {
  kind: MovementKind;
  /** The payment, refund or chargeback that it belongs to. */
  partId: string;
  amount: MoneyJson;
  at: string;
  settlementId: string | null;
}

/** A payment with everything that happened to its money. */
export interface PaymentRecord {
  id: string;
  organizationId: string;
  /** Derived from the API key that made it (the key itself is never stored), or a profile of the organisation. */
  profileId: string;
  mode: Mode;
  status: PaymentStatus;
  amount: MoneyJson;
  description: string;
  /** Null for recurring payments alone: nobody is there to be sent back. */
  redirectUrl: string | null;
  cancelUrl: string | null;
  webhookUrl: string | null;
  metadata: unknown;
  locale: string | null;
  sequenceType: SequenceType;
  customerId: string | null;
  /** Of a first payment only once it is paid. */
  mandateId: string | null;
  applicationFee: { amount: MoneyJson; description: string } | null;
  /** What the checkout page may offer; empty means every enabled method. */
  allowedMethods: string[];
  method: string | null;
  /** Of a direct debit the bank's code, of a card Mollie's word. */
  failureReason: string | null;
  /** How a recurring payment will end by itself; null: not before somebody decides. */
  planned: { status: 'paid' | 'failed'; failureReason: string | null; at: string } | null;
  createdAt: string;
  expiresAt: string | null;
  authorizedAt: string | null;
  paidAt: string | null;
  canceledAt: string | null;
  expiredAt: string | null;
  failedAt: string | null;
  refunds: RefundRecord[];
  chargebacks: ChargebackRecord[];
  movements: MovementRecord[];
}

/** A webhook call still owed to the merchant. It is forgotten when answered, or after the last attempt. */
export interface DeliveryRecord {
  id: string;
  paymentId: string;
  url: string;
  /** When the thing happened: the attempts are counted from here. */
  happenedAt: string;
  attemptsMade: number;
  dueAt: string;
}

/** The answer kept under an idempotency key for an hour. */
export interface AnswerRecord {
  id: string;
  fingerprint: string;
  status: number;
  body: string;
  answeredAt: string;
}

export const MANDATE_STATUSES = ['valid', 'pending', 'invalid'] as const;
export type MandateMethod = 'creditcard' | 'directdebit' | 'paypal';

export interface MandateRecord {
  id: string;
  method: MandateMethod;
  status: (typeof MANDATE_STATUSES)[number];
  /** Revoked through the API: gone for every later call. */
  revokedAt: string | null;
  details: Record<string, string>;
  signatureDate: string;
  mandateReference: string | null;
  createdAt: string;
}

export interface CustomerRecord {
  id: string;
  organizationId: string;
  mode: Mode;
  name: string | null;
  email: string | null;
  locale: string | null;
  metadata: unknown;
  createdAt: string;
  mandates: MandateRecord[];
}
