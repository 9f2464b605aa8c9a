import { DomainError } from '../../kernel/domain-error.js';
import { bringUpToDate } from '../rules/move-payment.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { ChargebackRecord, PaymentRecord, RefundRecord } from '../state/records.js';

/** Whoever it belongs to. @throws DomainError `payment_not_found` */
export function needPayment(context: SandboxContext, id: string): PaymentRecord {
  const payment = context.state.payments.get(id);
  if (!payment) throw new DomainError('not_found', 'payment_not_found', `There is no payment ${id}.`);
  bringUpToDate(context, payment);
  return payment;
}

/** @throws DomainError `refund_not_found` */
export function needRefund(payment: PaymentRecord, id: string): RefundRecord {
  const refund = payment.refunds.find((one) => one.id === id);
  if (!refund) throw new DomainError('not_found', 'refund_not_found', `There is no refund ${id}.`);
  return refund;
}

/** @throws DomainError `chargeback_not_found` */
export function needChargeback(payment: PaymentRecord, id: string): ChargebackRecord {
  const chargeback = payment.chargebacks.find((one) => one.id === id);
  if (!chargeback)
    throw new DomainError('not_found', 'chargeback_not_found', `There is no chargeback ${id}.`);
  return chargeback;
}
