import type { SandboxContext } from '../sandbox-context.js';
import type { PaymentRecord } from '../state/records.js';
import { magicFailureReason } from './failure-reasons.js';
import { findMethod, lifeMsOf } from './methods.js';
import { paymentLife, type PaymentStatus } from './payment-life.js';

export interface MoveDetails {
  method?: string;
  failureReason?: string;
}

/** Mollie calls the webhook for these (docs.mollie.com, "Webhooks"); not for open and pending. */
const TOLD: readonly PaymentStatus[] = ['paid', 'authorized', 'expired', 'failed', 'canceled'];

/**
 * The only place where a payment's status changes.
 * @throws DomainError `payment_transition_refused`
 */
export function movePayment(
  context: SandboxContext,
  payment: PaymentRecord,
  to: PaymentStatus,
  details: MoveDetails = {},
): void {
  paymentLife.assertMove(payment.status, to);
  const now = context.clock.now();
  if (details.method !== undefined) payment.method = details.method;
  payment.status = to;
  if (to === 'paid') payment.paidAt = now.toISOString();
  if (to === 'authorized') payment.authorizedAt = now.toISOString();
  if (to === 'canceled') payment.canceledAt = now.toISOString();
  if (to === 'expired') payment.expiredAt = now.toISOString();
  if (to === 'pending') {
    payment.expiresAt = new Date(now.getTime() + lifeMsOf(payment.method)).toISOString();
  }
  if (to === 'failed') {
    payment.failedAt = now.toISOString();
    if (payment.method !== null && findMethod(payment.method)?.takesCards === true) {
      payment.failureReason = details.failureReason ?? magicFailureReason(payment.amount) ?? 'unknown_reason';
    }
  }
  context.state.savePayment(payment);
  if (TOLD.includes(to)) context.notify(payment);
}

/** A payment nobody paid in time is expired as soon as somebody looks. */
export function expireIfOverdue(context: SandboxContext, payment: PaymentRecord): void {
  if (context.state.unfinished.has(payment)) expireAt(context, payment, context.clock.now().toISOString());
}

/** For those nobody looks at: the merchant is told all the same. */
export function expireOverdue(context: SandboxContext): void {
  const now = context.clock.now().toISOString();
  for (const payment of context.state.unfinished) expireAt(context, payment, now);
}

function expireAt(context: SandboxContext, payment: PaymentRecord, now: string): void {
  if (payment.expiresAt <= now) movePayment(context, payment, 'expired');
}
