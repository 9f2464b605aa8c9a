import { expireIfOverdue } from '../rules/move-payment.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { ChargebackRecord, PaymentRecord, RefundRecord } from '../state/records.js';
import { MollieError } from './mollie-error.js';

/** Another profile's payment does not exist. @throws MollieError 404 */
export function findPayment(context: SandboxContext, profileId: string, id: string): PaymentRecord {
  const payment = context.state.payments.get(id);
  if (payment?.profileId !== profileId) {
    throw new MollieError(404, `No payment exists with token ${id}.`);
  }
  expireIfOverdue(context, payment);
  return payment;
}

/** @throws MollieError 404 */
export function findRefund(payment: PaymentRecord, id: string): RefundRecord {
  const refund = payment.refunds.find((one) => one.id === id);
  if (!refund) throw new MollieError(404, `No refund exists with token ${id}.`);
  return refund;
}

/** @throws MollieError 404 */
export function findChargeback(payment: PaymentRecord, id: string): ChargebackRecord {
  const chargeback = payment.chargebacks.find((one) => one.id === id);
  if (!chargeback) throw new MollieError(404, `No chargeback exists with token ${id}.`);
  return chargeback;
}
