import { DomainError } from '../kernel/domain-error.js';
import { defineConstraintErrors } from '../platform/database/constraint-errors.js';

export const paymentNotFound = () =>
  new DomainError('not_found', 'payment_not_found', 'There is no such payment.');

/** Nothing is lost: the attempt stands, and the same request with the same key takes it up again. */
export const providerSilent = (detail: string) =>
  new DomainError(
    'unavailable',
    'payment_provider_unavailable',
    `The payment provider does not answer: ${detail}`,
  );

export const providerRefused = (code: string, detail: string) =>
  new DomainError('provider', 'payment_refused_by_provider', `The payment provider refused: ${detail}`, {
    params: { providerCode: code },
    retryable: false,
  });

defineConstraintErrors({
  payments_past_money: () =>
    new DomainError('conflict', 'past_money_never_edited', 'A settled payment is never edited.'),
  payments_provider_id_unique: () =>
    new DomainError(
      'conflict',
      'provider_payment_taken',
      'This payment of the provider belongs to another attempt.',
    ),
});
