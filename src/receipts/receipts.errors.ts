import { DomainError } from '../kernel/domain-error.js';
import { defineConstraintErrors } from '../platform/database/constraint-errors.js';

export const receiptNotFound = () =>
  new DomainError('not_found', 'receipt_not_found', 'There is no such receipt.');

export const receiptNotDrawnYet = () =>
  new DomainError(
    'unavailable',
    'receipt_not_drawn_yet',
    'The receipt is issued; its PDF is being drawn. Ask again in a moment.',
  );

defineConstraintErrors({
  receipts_frozen: () => new DomainError('conflict', 'receipt_frozen', 'An issued receipt never changes.'),
  living_receipts_pkey: () =>
    new DomainError('conflict', 'receipt_exists', 'This donation has its receipt already.'),
  receipt_cancellations_pkey: () =>
    new DomainError('conflict', 'receipt_cancelled_already', 'This receipt is cancelled already.'),
  receipts_number_unique: () =>
    new DomainError(
      'conflict',
      'receipt_number_taken',
      'This number was given under an earlier numbering format of the association.',
    ),
});
