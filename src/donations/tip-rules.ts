import { invalidField } from '../kernel/domain-error.js';
import type { Money } from '../kernel/money.js';
import { largestApplicationFee } from '../payments/index.js';

/** Above it, a slip of the keyboard is likelier than generosity to a platform. In cents. */
export const LARGEST_TIP_CENTS = 10_000;

/**
 * @param amount the gift alone
 * @param tip positive
 * @param offered by the form, and possible with the association's account
 * @throws DomainError `validation_failed`: `tip_not_offered` at /tip, `tip_too_large` at /tip/cents
 */
export function assertTipAccepted(amount: Money, tip: Money, offered: boolean): void {
  if (!offered)
    throw invalidField('/tip', 'tip_not_offered', 'This form takes no contribution to the platform.');
  if (tip.cents > LARGEST_TIP_CENTS || tip.compare(largestApplicationFee(amount.plus(tip))) > 0) {
    throw invalidField(
      '/tip/cents',
      'tip_too_large',
      `At most ${LARGEST_TIP_CENTS} cents, and what the payment provider can pass on of this payment.`,
    );
  }
}
