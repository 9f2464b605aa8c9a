import type { MoneyJson } from '../../kernel/money.js';
import type { PaymentStatus } from '../rules/payment-life.js';
import type { RefundStatus } from '../rules/refund-life.js';

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

/** A payment with everything that happened to its money. */
export interface PaymentRecord {
  id: string;
  /** Derived from the API key that made it; the key itself is never stored. */
  profileId: string;
  status: PaymentStatus;
  amount: MoneyJson;
  description: string;
  redirectUrl: string;
  cancelUrl: string | null;
  webhookUrl: string | null;
  metadata: unknown;
  locale: string | null;
  /** What the checkout page may offer; empty means every enabled method. */
  allowedMethods: string[];
  method: string | null;
  failureReason: string | null;
  createdAt: string;
  expiresAt: string;
  authorizedAt: string | null;
  paidAt: string | null;
  canceledAt: string | null;
  expiredAt: string | null;
  failedAt: string | null;
  refunds: RefundRecord[];
  chargebacks: ChargebackRecord[];
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
