import type { SandboxContext } from '../sandbox-context.js';
import type { PaymentRecord } from '../state/records.js';
import { magicFailureReason } from './failure-reasons.js';
import { keepPayment } from './keep-payment.js';
import { mandateOfCanceled, mandateOfPaid } from './mandates.js';
import { findMethod, lifeMsOf, offeredMethods } from './methods.js';
import { paymentLife, type PaymentStatus } from './payment-life.js';
import { bankReasonCode } from './sepa-reasons.js';

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
  if (details.method !== undefined && payment.sequenceType !== 'recurring') payment.method = details.method;
  payment.status = to;
  payment.planned = null;
  if (to === 'paid') bePaid(context, payment, now);
  if (to === 'authorized') payment.authorizedAt = now.toISOString();
  if (to === 'canceled') {
    payment.canceledAt = now.toISOString();
    if (payment.sequenceType === 'first') mandateOfCanceled(context, payment);
  }
  if (to === 'expired') payment.expiredAt = now.toISOString();
  if (to === 'pending') {
    payment.expiresAt = new Date(now.getTime() + lifeMsOf(payment.method)).toISOString();
  }
  if (to === 'failed') {
    payment.failedAt = now.toISOString();
    payment.failureReason = reasonOf(payment, details.failureReason);
  }
  keepPayment(context, payment);
  if (TOLD.includes(to)) context.notify(payment);
}

/** Money comes by some method, even when whoever moves the payment does not say which. */
function bePaid(context: SandboxContext, payment: PaymentRecord, now: Date): void {
  payment.paidAt = now.toISOString();
  payment.method ??= offeredMethods(payment)[0]?.id ?? 'creditcard';
  if (payment.sequenceType === 'first') payment.mandateId = mandateOfPaid(context, payment)?.id ?? null;
}

/** Only cards and banks say why. */
function reasonOf(payment: PaymentRecord, given: string | undefined): string | null {
  const reason = given ?? magicFailureReason(payment.amount);
  if (payment.method === 'directdebit') return bankReasonCode(reason);
  const isCard = payment.method !== null && findMethod(payment.method)?.takesCards === true;
  return isCard ? (reason ?? 'unknown_reason') : null;
}

/** What was to happen by now has happened as soon as somebody looks. */
export function bringUpToDate(context: SandboxContext, payment: PaymentRecord): void {
  if (context.state.unfinished.has(payment)) changeAt(context, payment, context.clock.now().toISOString());
}

/** For those nobody looks at: the merchant is told all the same. */
export function bringAllUpToDate(context: SandboxContext): void {
  const now = context.clock.now().toISOString();
  for (const payment of context.state.unfinished) changeAt(context, payment, now);
}

function changeAt(context: SandboxContext, payment: PaymentRecord, now: string): void {
  const { planned, expiresAt } = payment;
  if (planned !== null && planned.at <= now) {
    const { status, failureReason } = planned;
    movePayment(context, payment, status, failureReason === null ? {} : { failureReason });
  } else if (expiresAt !== null && expiresAt <= now) {
    movePayment(context, payment, 'expired');
  }
}
