import { DomainError } from '../kernel/domain-error.js';
import { defineConstraintErrors } from '../platform/database/constraint-errors.js';

export const associationNotFound = () =>
  new DomainError('not_found', 'association_not_found', 'There is no such association.');

export const noSignature = () =>
  new DomainError('not_found', 'signature_not_found', 'This association has no signature image.');

defineConstraintErrors({
  association_slugs_pkey: () =>
    new DomainError('conflict', 'slug_taken', 'Another association has, or had, this address.'),
});
