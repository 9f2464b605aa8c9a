import { DomainError } from '../kernel/domain-error.js';
import { defineConstraintErrors } from '../platform/database/constraint-errors.js';

/** The same for a draft, an archived form and one that never was: a visitor learns nothing. */
export const formNotFound = () =>
  new DomainError('not_found', 'form_not_found', 'There is no such published form.');

export const logoNotFound = () => new DomainError('not_found', 'logo_not_found', 'This form has no logo.');

defineConstraintErrors({
  forms_slug_unique: () =>
    new DomainError('conflict', 'form_slug_taken', 'Another form of this association has this address.'),
});
