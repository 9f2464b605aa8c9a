import { DomainError } from '../../kernel/domain-error.js';
import { Money } from '../../kernel/money.js';
import type { SandboxContext } from '../sandbox-context.js';
import { randomId } from '../state/random-id.js';
import type { PaymentRecord, RefundRecord } from '../state/records.js';
import { keepPayment } from './keep-payment.js';
import { paymentFigures } from './payment-figures.js';
import { refundLife, type RefundStatus } from './refund-life.js';

export interface RefundWish {
  amount: Money;
  description: string;
  metadata: unknown;
  status: RefundStatus;
}

/** The webhook is called when a refund reaches these. */
const TOLD: readonly RefundStatus[] = ['processing', 'refunded', 'failed', 'canceled'];
const DUPLICATE_WINDOW_MS = 3_600_000;

/** @throws DomainError `payment_not_refundable`, `refund_too_high`, `duplicate_refund` */
export function refundPayment(
  context: SandboxContext,
  payment: PaymentRecord,
  wish: RefundWish,
): RefundRecord {
  const now = context.clock.now();
  if (payment.status !== 'paid') {
    throw new DomainError(
      'conflict',
      'payment_not_refundable',
      'The payment is not paid, so it cannot be refunded.',
    );
  }
  if (isDuplicate(payment, wish.amount, now)) {
    throw new DomainError('conflict', 'duplicate_refund', 'A duplicate refund has been detected.');
  }
  if (wish.amount.compare(paymentFigures(payment).remaining) > 0) {
    throw new DomainError('invalid', 'refund_too_high', 'The amount is higher than the maximum');
  }
  const refund: RefundRecord = {
    id: randomId('re'),
    amount: wish.amount.toJSON(),
    description: wish.description,
    metadata: wish.metadata,
    status: wish.status,
    createdAt: now.toISOString(),
  };
  payment.refunds.push(refund);
  keepPayment(context, payment);
  if (TOLD.includes(refund.status)) context.notify(payment);
  return refund;
}

/**
 * The only place where a refund's status changes.
 * @throws DomainError `refund_transition_refused`
 */
export function moveRefund(
  context: SandboxContext,
  payment: PaymentRecord,
  refund: RefundRecord,
  to: RefundStatus,
): void {
  refundLife.assertMove(refund.status, to);
  refund.status = to;
  keepPayment(context, payment);
  if (TOLD.includes(to)) context.notify(payment);
}

/** The same amount on the same payment within the hour is taken for a double click. */
function isDuplicate(payment: PaymentRecord, amount: Money, now: Date): boolean {
  const since = new Date(now.getTime() - DUPLICATE_WINDOW_MS).toISOString();
  return payment.refunds.some(
    (refund) =>
      refund.createdAt > since &&
      refund.status !== 'failed' &&
      refund.status !== 'canceled' &&
      Money.fromJson(refund.amount).equals(amount),
  );
}
