import { bookMovements } from '../rules/book-movements.js';
import { organizationIdOf } from './random-id.js';
import type { PaymentRecord } from './records.js';

/** A payment from the journal, perhaps of a version that knew less of payments. */
export function restorePayment(kept: Partial<PaymentRecord>): PaymentRecord {
  const payment = {
    organizationId: organizationIdOf(kept.profileId ?? ''),
    mode: 'test',
    sequenceType: 'oneoff',
    customerId: null,
    mandateId: null,
    applicationFee: null,
    planned: null,
    movements: [],
    ...kept,
  } as PaymentRecord;
  if (kept.movements === undefined) bookMovements(payment, payment.paidAt ?? payment.createdAt);
  return payment;
}
