import { DomainError, invalidField } from '../../kernel/domain-error.js';
import { defineConstraintErrors } from '../../platform/database/constraint-errors.js';

export const offlineDonationNotFound = () =>
  new DomainError('not_found', 'offline_donation_not_found', 'There is no such offline gift.');

export const alreadyDeposited = () =>
  new DomainError('conflict', 'already_deposited', 'One of these gifts is on a deposit slip already.');

export const correctedGift = () =>
  new DomainError(
    'conflict',
    'offline_donation_corrected',
    'One of these gifts was corrected: it counts for nothing.',
  );

export const notDepositable = () =>
  invalidField('/donationIds', 'not_depositable', 'A transfer is on the bank account already.');

export const mixedMeans = () =>
  invalidField(
    '/donationIds',
    'mixed_means',
    'One slip for cheques, another for cash: so the bank books them.',
  );

defineConstraintErrors({ deposit_items_pkey: alreadyDeposited });
