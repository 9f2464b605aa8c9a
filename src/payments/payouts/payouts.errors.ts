import { DomainError } from '../../kernel/domain-error.js';

export const payoutNotFound = () =>
  new DomainError('not_found', 'payout_not_found', 'There is no such payout.');

/** Settlements are read with an organisation's consent; an API key opens only the payments of one profile. */
export const payoutsNeedConnection = () =>
  new DomainError(
    'conflict',
    'payouts_need_connection',
    'Payouts can be imported once the association’s Mollie account is connected; an API key does not open them.',
  );
