import { DomainError } from '../../kernel/domain-error.js';
import type { Money } from '../../kernel/money.js';
import type { SandboxContext } from '../sandbox-context.js';
import { randomId } from '../state/random-id.js';
import type { ChargebackRecord, PaymentRecord } from '../state/records.js';
import { keepPayment } from './keep-payment.js';
import { loseCardMandate } from './mandates.js';
import { paymentFigures } from './payment-figures.js';

/** A chargeback may follow a refund: the bank does not ask. Only the paid amount bounds their sum. */
export function chargeBackPayment(
  context: SandboxContext,
  payment: PaymentRecord,
  amount: Money,
  reason: ChargebackRecord['reason'],
): ChargebackRecord {
  if (payment.status !== 'paid') {
    throw new DomainError('conflict', 'payment_not_paid', 'Only a paid payment can be charged back.');
  }
  const figures = paymentFigures(payment);
  if (!amount.isPositive() || amount.plus(figures.chargedBack).compare(figures.amount) > 0) {
    throw new DomainError('invalid', 'chargeback_too_high', 'The chargebacks would exceed the payment.');
  }
  const chargeback: ChargebackRecord = {
    id: randomId('chb'),
    amount: amount.toJSON(),
    reason,
    createdAt: context.clock.now().toISOString(),
    reversedAt: null,
  };
  payment.chargebacks.push(chargeback);
  loseCardMandate(context, payment);
  keepPayment(context, payment);
  context.notify(payment);
  return chargeback;
}

/** The bank gives the money back. Mollie documents no classic webhook for it, so none is sent. */
export function reverseChargeback(
  context: SandboxContext,
  payment: PaymentRecord,
  chargeback: ChargebackRecord,
): void {
  if (chargeback.reversedAt !== null) {
    throw new DomainError('conflict', 'chargeback_already_reversed', 'This chargeback is already reversed.');
  }
  chargeback.reversedAt = context.clock.now().toISOString();
  keepPayment(context, payment);
}
