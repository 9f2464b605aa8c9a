import { Money, type MoneyJson } from '../../kernel/money.js';
import type { MovementKind, PaymentRecord } from '../state/records.js';
import { chargebackRate, feeAt, paymentRate, refundRate } from './fees.js';

/**
 * Writes down what has moved the merchant's balance and is not written down yet. A refund counts once it is on its
 * way to the donor (`processing`), and comes back if it fails after that; its fee does not come back.
 */
export function bookMovements(payment: PaymentRecord, at: string): void {
  const zero = Money.zero(payment.amount.currency);
  const take = (amount: Money): MoneyJson => zero.minus(amount).toJSON();
  const book = (kind: MovementKind, partId: string, amount: MoneyJson): void => {
    if (amount.cents === 0 || hasMovement(payment, kind, partId)) return;
    payment.movements.push({ kind, partId, amount, at, settlementId: null });
  };
  const amount = Money.fromJson(payment.amount);
  if (payment.status === 'paid' && amount.isPositive()) {
    book('payment', payment.id, payment.amount);
    book('paymentFee', payment.id, take(feeAt(paymentRate(payment.method), amount)));
    if (payment.applicationFee) {
      book('applicationFee', payment.id, take(Money.fromJson(payment.applicationFee.amount)));
    }
  }
  for (const refund of payment.refunds) {
    const part = Money.fromJson(refund.amount);
    if (refund.status === 'processing' || refund.status === 'refunded') {
      book('refund', refund.id, take(part));
      book('refundFee', refund.id, take(feeAt(refundRate(), part)));
    } else if (refund.status === 'failed' && hasMovement(payment, 'refund', refund.id)) {
      book('refundReturned', refund.id, refund.amount);
    }
  }
  for (const chargeback of payment.chargebacks) {
    const part = Money.fromJson(chargeback.amount);
    book('chargeback', chargeback.id, take(part));
    book('chargebackFee', chargeback.id, take(feeAt(chargebackRate(payment.method), part)));
    if (chargeback.reversedAt !== null) book('chargebackReturned', chargeback.id, chargeback.amount);
  }
}

function hasMovement(payment: PaymentRecord, kind: MovementKind, partId: string): boolean {
  return payment.movements.some((one) => one.kind === kind && one.partId === partId);
}
