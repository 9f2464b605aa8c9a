import { DomainError } from '../kernel/domain-error.js';

export const ledgerAccountNotFound = () =>
  new DomainError('not_found', 'ledger_account_not_found', 'The book has no such account.');
