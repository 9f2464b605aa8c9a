import { DomainError } from '../kernel/domain-error.js';
import { defineConstraintErrors } from '../platform/database/constraint-errors.js';
import type { Form } from './form.entity.js';

/** The same for a draft, an archived form and one that never was: a visitor learns nothing. */
export const formNotFound = () =>
  new DomainError('not_found', 'form_not_found', 'There is no such published form.');

export const logoNotFound = () => new DomainError('not_found', 'logo_not_found', 'This form has no logo.');

/** Its links are on posters and in mails: they go on working. */
export const slugFixed = () =>
  new DomainError(
    'conflict',
    'slug_fixed_once_published',
    'This form was published: its address is known and stays.',
  );

/** @throws DomainError `form_archived` */
export function assertNotArchived({ state }: Form): void {
  if (state === 'archived')
    throw new DomainError('conflict', 'form_archived', 'An archived form is kept as it was.');
}

defineConstraintErrors({
  forms_slug_unique: () =>
    new DomainError('conflict', 'form_slug_taken', 'Another form of this association has this address.'),
});
