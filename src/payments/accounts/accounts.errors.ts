import { DomainError } from '../../kernel/domain-error.js';
import { defineConstraintErrors } from '../../platform/database/constraint-errors.js';

/** A gift cannot be taken: nobody's account would receive it. */
export const noAccount = () =>
  new DomainError(
    'conflict',
    'payment_account_missing',
    'This association has no account at the payment provider yet.',
  );

/** New payments must not silently go to another account than the association's own. */
export const accountDisconnected = () =>
  new DomainError(
    'conflict',
    'payment_account_disconnected',
    'This association’s account at the payment provider was disconnected.',
  );

export function isMissingAccount(error: unknown): boolean {
  const codes = ['payment_account_missing', 'payment_account_disconnected'];
  return error instanceof DomainError && codes.includes(error.code);
}

export const notConnected = () =>
  new DomainError('not_found', 'mollie_not_connected', 'This association has no Mollie account of its own.');

export const connectUnavailable = () =>
  new DomainError(
    'conflict',
    'mollie_connect_unavailable',
    'This installation has no app at Mollie: use an API key, or have MOLLIE_CLIENT_ID set.',
  );

defineConstraintErrors({
  provider_accounts_stay: () =>
    new DomainError(
      'conflict',
      'account_stays',
      'An account is followed by another, never turned into another.',
    ),
});
