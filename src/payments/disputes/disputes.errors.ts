import { DomainError } from '../../kernel/domain-error.js';
import { defineConstraintErrors } from '../../platform/database/constraint-errors.js';

export const disputeNotFound = () =>
  new DomainError('not_found', 'dispute_not_found', 'There is no such dispute.');

defineConstraintErrors({
  payment_disputes_past_money: () =>
    new DomainError(
      'conflict',
      'past_money_never_edited',
      'A chargeback’s amount and payment are never edited.',
    ),
});
