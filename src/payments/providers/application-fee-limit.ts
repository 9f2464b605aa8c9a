import { Money } from '../../kernel/money.js';

const FIXED_CENTS = 35;
const PERCENT = 6;

/**
 * The largest application fee of a payment: its amount less 0.35 € and 6 % (docs.mollie.com, application fees).
 * May be negative, for amounts that carry none.
 */
export function largestApplicationFee(amount: Money): Money {
  return amount.minus(Money.of(FIXED_CENTS, amount.currency)).minus(amount.percent(PERCENT));
}
