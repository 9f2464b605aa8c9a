import { DomainError } from '../../kernel/domain-error.js';

export const disputeNotFound = () =>
  new DomainError('not_found', 'dispute_not_found', 'There is no such dispute.');
