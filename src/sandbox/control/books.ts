import { Money, type MoneyJson } from '../../kernel/money.js';
import { settlementsOf } from '../rules/close-settlement.js';
import { PAYMENT_STATUSES, type PaymentStatus } from '../rules/payment-life.js';
import type { RefundStatus } from '../rules/refund-life.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { MovementKind, PaymentRecord } from '../state/records.js';

/** Money of one profile or one organisation. What is taken is told as a positive amount. */
export interface Figures {
  payments: Record<PaymentStatus, number>;
  /** Gross, counted when paid. */
  paid: MoneyJson;
  /** Arrived at the donor. */
  refunded: MoneyJson;
  /** Asked for, not arrived yet. */
  refundsOnTheWay: MoneyJson;
  /** Taken from the balance and not come back: `processing` and `refunded`. */
  refundsTaken: MoneyJson;
  /** Given back because the refund failed after it was taken. */
  refundsReturned: MoneyJson;
  chargedBack: MoneyJson;
  chargebacksReversed: MoneyJson;
  /** The provider's own fees, of payments, refunds and chargebacks. */
  fees: MoneyJson;
  applicationFees: MoneyJson;
  /** What of this money is in settlements. */
  settled: MoneyJson;
  /** What is not: `paid - fees - applicationFees - refundsTaken - chargedBack = settled + held`. */
  held: MoneyJson;
}

export interface ProfileBooks extends Figures {
  profileId: string;
  organizationId: string;
}

export interface OrganizationBooks extends Figures {
  organizationId: string;
  name: string | null;
  settlements: number;
  /** What arrived at the bank: `settled`, and the drift that tests asked for. */
  paidOut: MoneyJson;
}

/** To the cent, summed from the payments themselves. */
export function figuresOf(payments: readonly PaymentRecord[]): Figures {
  const counts = Object.fromEntries(PAYMENT_STATUSES.map((status) => [status, 0])) as Figures['payments'];
  for (const payment of payments) counts[payment.status] += 1;
  const refunds = (...statuses: RefundStatus[]): MoneyJson =>
    sum(payments, (one) => one.refunds.filter((refund) => statuses.includes(refund.status)));
  const chargebacks = (isReversed: boolean): MoneyJson =>
    sum(payments, (one) => one.chargebacks.filter((back) => (back.reversedAt !== null) === isReversed));
  const moved = (...kinds: MovementKind[]): MoneyJson =>
    sum(payments, (one) => one.movements.filter((movement) => kinds.includes(movement.kind)));
  return {
    payments: counts,
    paid: sum(payments, (one) => (one.status === 'paid' ? [one] : [])),
    refunded: refunds('refunded'),
    refundsOnTheWay: refunds('queued', 'pending', 'processing'),
    refundsTaken: refunds('processing', 'refunded'),
    refundsReturned: moved('refundReturned'),
    chargedBack: chargebacks(false),
    chargebacksReversed: chargebacks(true),
    fees: negated(moved('paymentFee', 'refundFee', 'chargebackFee')),
    applicationFees: negated(moved('applicationFee')),
    settled: sum(payments, (one) => one.movements.filter((movement) => movement.settlementId !== null)),
    held: sum(payments, (one) => one.movements.filter((movement) => movement.settlementId === null)),
  };
}

/** Each profile that an organisation was paid through. */
export function profileBooks(context: SandboxContext, organizationId: string): ProfileBooks[] {
  const payments = context.state.paymentsOf(organizationId);
  return [...new Set(payments.map((one) => one.profileId))].map((profileId) => ({
    profileId,
    organizationId,
    ...figuresOf(payments.filter((one) => one.profileId === profileId)),
  }));
}

export function organizationBooks(context: SandboxContext, organizationId: string): OrganizationBooks {
  const settlements = settlementsOf(context, organizationId);
  return {
    organizationId,
    name: context.state.organizations.get(organizationId)?.name ?? null,
    ...figuresOf(context.state.paymentsOf(organizationId)),
    settlements: settlements.length,
    paidOut: settlements
      .reduce((total, one) => total.plus(Money.fromJson(one.amount)), Money.zero())
      .toJSON(),
  };
}

function sum(
  payments: readonly PaymentRecord[],
  parts: (payment: PaymentRecord) => { amount: MoneyJson }[],
): MoneyJson {
  let total = Money.zero();
  for (const payment of payments) {
    for (const part of parts(payment)) total = total.plus(Money.fromJson(part.amount));
  }
  return total.toJSON();
}

function negated(amount: MoneyJson): MoneyJson {
  return Money.zero(amount.currency).minus(Money.fromJson(amount)).toJSON();
}
