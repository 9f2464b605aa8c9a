import { DomainError } from '../../kernel/domain-error.js';

export const mandateNotFound = () =>
  new DomainError('not_found', 'mandate_not_found', 'There is no such mandate.');
