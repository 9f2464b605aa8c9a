import { DomainError, invalidField } from '../kernel/domain-error.js';
import { defineConstraintErrors } from '../platform/database/constraint-errors.js';

export const donationNotFound = () =>
  new DomainError('not_found', 'donation_not_found', 'There is no such donation.');

export const alreadyPaid = () =>
  new DomainError(
    'conflict',
    'donation_already_paid',
    'This donation is paid: there is nothing to pay again.',
  );

export const addressRequiredForReceipt = () =>
  invalidField(
    '/donor/address',
    'address_required_for_receipt',
    'A tax receipt needs the full postal address (CGI art. 200, form 11580*05).',
  );

export const requestKeyReused = () =>
  new DomainError('conflict', 'idempotency_key_reused', 'This key was used for another donation.');

defineConstraintErrors({
  donations_past_money: () =>
    new DomainError(
      'conflict',
      'past_money_never_edited',
      'A donation’s amount, donor and payment are never edited.',
    ),
});
