import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { invalidField } from '../kernel/domain-error.js';
import { publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { AccountNumbers, type NumberedAccount } from './account-numbers.js';
import { accountNumberFault, LEDGER_ACCOUNTS, type LedgerRole, type NumberFault } from './ledger-accounts.js';

const DETAILS: Record<NumberFault, string> = {
  malformed_account_number: 'A number of 3 to 12 digits, the first three those of the chart.',
  other_account_class: 'The first digit is the class of the account, and it cannot be another one.',
};

@Injectable()
export class SetAccountNumber {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly numbers: AccountNumbers,
    private readonly journal: Journal,
  ) {}

  /**
   * From now on new entries carry this number; those already posted keep theirs.
   * @param label absent: that of the chart
   * @throws DomainError `validation_failed`
   */
  run(
    associationId: string,
    role: LedgerRole,
    { number, label = LEDGER_ACCOUNTS[role].labels.fr }: { number: string; label?: string | undefined },
    actor: string,
  ): Promise<NumberedAccount> {
    const fault = accountNumberFault(role, number);
    if (fault) throw invalidField('/number', fault, DETAILS[fault]);
    return this.uow.inTenant(associationId, async () => {
      await this.numbers.set(role, number, label);
      await this.journal.record({
        actor,
        action: 'ledger_account.changed',
        subject: publicId('association', associationId),
        details: { account: role, number },
      });
      return { role, number, label, isOwn: true };
    });
  }
}
