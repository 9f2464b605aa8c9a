import type { SandboxContext } from '../sandbox-context.js';
import type { MandateRecord, PaymentRecord } from '../state/records.js';
import { magicFailureReason } from './failure-reasons.js';

/**
 * How a recurring payment will end. A card or PayPal answers at once, a bank when it is told to or after
 * `settleAfterMs`. What tests asked for comes first, then the state of the card, then the magic amounts.
 */
export function planRecurring(
  context: SandboxContext,
  payment: PaymentRecord,
  mandate: MandateRecord,
): PaymentRecord['planned'] {
  const { outcome, failureReason, delayMs, settleAfterMs } = context.behaviour.settings.recurring ?? {};
  const failure = context.behaviour.takeRecurringFailure();
  const isBank = mandate.method === 'directdebit';
  const wait = isBank ? (settleAfterMs ?? (outcome || failure ? (delayMs ?? 0) : null)) : (delayMs ?? 0);
  if (wait === null || (outcome === 'pending' && !failure)) return null;
  const now = context.clock.now();
  const at = new Date(now.getTime() + wait).toISOString();
  if (failure) return { status: 'failed', failureReason: failure.failureReason ?? null, at };
  if (outcome === 'failed') return { status: 'failed', failureReason: failureReason ?? null, at };
  const isExpired = (mandate.details.cardExpiryDate ?? '9999') < now.toISOString().slice(0, 10);
  const reason = isExpired ? 'card_expired' : magicFailureReason(payment.amount);
  if (reason !== null && outcome !== 'paid') return { status: 'failed', failureReason: reason, at };
  return { status: 'paid', failureReason: null, at };
}
