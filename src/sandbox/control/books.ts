import { Money, type MoneyJson } from '../../kernel/money.js';
import { PAYMENT_STATUSES, type PaymentStatus } from '../rules/payment-life.js';
import type { SandboxState } from '../state/sandbox-state.js';
import type { PaymentRecord } from '../state/records.js';

export interface Books {
  profileId: string;
  payments: Record<PaymentStatus, number>;
  paid: MoneyJson;
  /** Arrived at the donor. */
  refunded: MoneyJson;
  /** Asked for, not arrived yet. */
  refundsOnTheWay: MoneyJson;
  chargedBack: MoneyJson;
  chargebacksReversed: MoneyJson;
}

/** What an account's money came to, to the cent, summed from the payments themselves. */
export function booksOf(state: SandboxState, profileId: string): Books {
  const payments = state.paymentsOf(profileId);
  const counts = Object.fromEntries(PAYMENT_STATUSES.map((status) => [status, 0])) as Books['payments'];
  for (const payment of payments) counts[payment.status] += 1;
  const refunds = (statuses: string[]): MoneyJson =>
    sum(payments, (one) => one.refunds.filter((refund) => statuses.includes(refund.status)));
  return {
    profileId,
    payments: counts,
    paid: sum(payments, (one) => (one.status === 'paid' ? [one] : [])),
    refunded: refunds(['refunded']),
    refundsOnTheWay: refunds(['queued', 'pending', 'processing']),
    chargedBack: sum(payments, (one) => one.chargebacks.filter((back) => back.reversedAt === null)),
    chargebacksReversed: sum(payments, (one) => one.chargebacks.filter((back) => back.reversedAt !== null)),
  };
}

function sum(
  payments: readonly PaymentRecord[],
  parts: (payment: PaymentRecord) => { amount: MoneyJson }[],
): MoneyJson {
  return payments
    .flatMap(parts)
    .reduce((total, part) => total.plus(Money.fromJson(part.amount)), Money.zero())
    .toJSON();
}
