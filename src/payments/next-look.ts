import type { PaymentState } from './payment.state.js';
import type { ProviderPayment } from './providers/payment-provider.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Direct debits can be taken back for 13 months (SEPA); after 14 nothing more is expected of a payment. */
const MONTHS_AFTER_PAYMENT = 14;
const AFTER_PAYMENT = [
  1,
  3,
  7,
  14,
  ...Array.from({ length: MONTHS_AFTER_PAYMENT }, (_, month) => 30 * (month + 1)),
].map((days) => days * DAY);

/** The provider itself ends what is not paid, and calls for 26 hours. Who has not heard by then was not told. */
const AFTER_EXPIRY = 30 * DAY;
/** For methods that name no end: bank transfers stay open for at most 100 days (docs.mollie.com, bank transfer). */
const LONGEST_LIFE = 100 * DAY;

export interface Looked {
  state: PaymentState;
  createdAt: Date;
  paidAt: Date | null;
  expiresAt: Date | null;
  /** A refund that may still fail, or a chargeback that may still be reversed. */
  isMoneyOnTheMove: boolean;
}

/**
 * When a payment that was just looked at is looked at again; webhooks come besides, and may be lost.
 * @returns null when it has ended, and nothing more is expected
 */
export function nextLook(
  { state, createdAt, paidAt, expiresAt, isMoneyOnTheMove }: Looked,
  now: Date,
): Date | null {
  if (state === 'paid') return afterPayment(paidAt ?? createdAt, isMoneyOnTheMove, now);
  if (state !== 'open' && state !== 'pending' && state !== 'authorized') return null;
  const age = now.getTime() - createdAt.getTime();
  const end = expiresAt
    ? expiresAt.getTime() + AFTER_EXPIRY
    : createdAt.getTime() + LONGEST_LIFE + AFTER_EXPIRY;
  if (now.getTime() > end) return null;
  // Soon at first, then ever more rarely: when a tenth of its age has passed.
  return later(now, Math.max(5 * MINUTE, age / 10));
}

function afterPayment(paidAt: Date, isMoneyOnTheMove: boolean, now: Date): Date | null {
  const next = AFTER_PAYMENT.map((delay) => later(paidAt, delay)).find((at) => at > now) ?? null;
  const tomorrow = later(now, DAY);
  return isMoneyOnTheMove && (next === null || next > tomorrow) ? tomorrow : next;
}

/** Refunds can fail until the bank has taken them; nobody counts on a reversal after the time in which disputes are lost. */
export function isMoneyOnTheMove(
  { refunds, chargebacks }: ProviderPayment,
  lostAfterDays: number,
  now: Date,
): boolean {
  const isRefundUnderWay = refunds.some(({ status }) =>
    ['queued', 'pending', 'processing', 'unrecognised'].includes(status),
  );
  const since = now.getTime() - lostAfterDays * DAY;
  const isDisputed = chargebacks.some(
    ({ createdAt, reversedAt }) => reversedAt === null && createdAt.getTime() > since,
  );
  return isRefundUnderWay || isDisputed;
}

function later(from: Date, delayMs: number): Date {
  return new Date(from.getTime() + delayMs);
}
