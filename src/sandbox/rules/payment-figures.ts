import { Money } from '../../kernel/money.js';
import type { PaymentRecord } from '../state/records.js';

export interface PaymentFigures {
  amount: Money;
  /** Given back or on the way: only `failed` and `canceled` refunds do not count. */
  refunded: Money;
  /** Taken back by the donor's bank and not returned. */
  chargedBack: Money;
  /** What can still be refunded. */
  remaining: Money;
}

export function paymentFigures(payment: PaymentRecord): PaymentFigures {
  const amount = Money.fromJson(payment.amount);
  const zero = Money.zero(amount.currency);
  const refunded = payment.refunds
    .filter((refund) => refund.status !== 'failed' && refund.status !== 'canceled')
    .reduce((sum, refund) => sum.plus(Money.fromJson(refund.amount)), zero);
  const chargedBack = payment.chargebacks
    .filter((chargeback) => chargeback.reversedAt === null)
    .reduce((sum, chargeback) => sum.plus(Money.fromJson(chargeback.amount)), zero);
  const left = amount.minus(refunded).minus(chargedBack);
  return { amount, refunded, chargedBack, remaining: left.isPositive() ? left : zero };
}
