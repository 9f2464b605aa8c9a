import { Money } from '../../kernel/money.js';
import type { PaymentRecord } from '../state/records.js';
import { nonExistent, type Caller } from './caller.js';
import { unprocessable } from './mollie-error.js';
import { asInput, missing, readAmount } from './read-input.js';

/** What Mollie keeps free for its own fee: 0.35 € and 6 % (docs.mollie.com, "Application fees"). */
const RESERVED = Money.of(35);
const RESERVED_PERCENT = 6;

/**
 * What the application keeps of a payment.
 * @throws MollieError 422 with an API key, or above the amount less 0.35 € and 6 %
 */
export function validateApplicationFee(
  caller: Caller,
  value: unknown,
  amount: Money,
): PaymentRecord['applicationFee'] {
  if (value === undefined || value === null) return null;
  if (!caller.isToken) throw nonExistent('body', 'applicationFee');
  const input = asInput(value);
  const fee = readAmount(input.amount, 'applicationFee.amount');
  const { description } = input;
  if (typeof description !== 'string' || description === '') {
    return missing('applicationFee.description', 'description of the application fee');
  }
  const highest = amount.minus(RESERVED).minus(amount.percent(RESERVED_PERCENT));
  if (fee.compare(highest) > 0) {
    throw unprocessable('applicationFee.amount', 'The application fee is higher than the maximum');
  }
  return { amount: fee.toJSON(), description: description.slice(0, 255) };
}
