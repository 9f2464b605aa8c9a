import { bringUpToDate } from '../rules/move-payment.js';
import type { SandboxContext } from '../sandbox-context.js';
import type {
  ChargebackRecord,
  CustomerRecord,
  MandateRecord,
  PaymentRecord,
  RefundRecord,
} from '../state/records.js';
import type { Caller } from './caller.js';
import { MollieError } from './mollie-error.js';

/** Another organisation's payment does not exist; one of another mode or profile does, and Mollie says so. */
export function findPayment(context: SandboxContext, caller: Caller, id: string): PaymentRecord {
  const payment = context.state.payments.get(id);
  if (payment?.organizationId !== caller.organizationId) {
    throw new MollieError(404, `No payment exists with token ${id}.`);
  }
  assertMode('Payment', caller, payment);
  if (caller.profileId !== null && payment.profileId !== caller.profileId) {
    throw new MollieError(404, `Payment ${id} exists, but belongs to a different website profile.`);
  }
  bringUpToDate(context, payment);
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

/** Customers belong to an organisation and a mode, not to a profile. @throws MollieError 404 */
export function findCustomer(context: SandboxContext, caller: Caller, id: string): CustomerRecord {
  const customer = context.state.customers.get(id);
  if (customer?.organizationId !== caller.organizationId) {
    throw new MollieError(404, `No customer exists with token ${id}.`);
  }
  assertMode('Customer', caller, customer);
  return customer;
}

/** @throws MollieError 404; 410 for one that was revoked */
export function findMandate(customer: CustomerRecord, id: string): MandateRecord {
  const mandate = customer.mandates.find((one) => one.id === id);
  if (!mandate) throw new MollieError(404, `No mandate exists with token ${id}.`);
  if (mandate.revokedAt !== null) throw new MollieError(410, 'The mandate is no longer available');
  return mandate;
}

function assertMode(kind: string, caller: Caller, one: PaymentRecord | CustomerRecord): void {
  if (one.mode !== caller.mode) {
    throw new MollieError(
      404,
      `${kind} ${one.id} exists, but the wrong mode is used. Try switching live / test API keys.`,
    );
  }
}
