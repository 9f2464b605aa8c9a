import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { LEDGER_ACCOUNTS, LEDGER_ROLES, type LedgerRole } from './ledger-accounts.js';
import { ledgerAccountNotFound } from './ledger.errors.js';

/** An account as new entries of an association will name it. */
export interface NumberedAccount {
  role: LedgerRole;
  number: string;
  label: string;
  isOwn: boolean;
}

/** The numbers of the running unit's association: its own, or the chart's. */
@Injectable()
export class AccountNumbers {
  constructor(private readonly uow: UnitOfWork) {}

  async all(): Promise<NumberedAccount[]> {
    const rows = await this.uow.query<{ role: LedgerRole; number: string; label: string }>(
      'SELECT account AS role, number, label FROM ledger_account_numbers WHERE association_id = $1',
      [this.uow.associationId],
    );
    const own = new Map(rows.map((row) => [row.role, row]));
    return LEDGER_ROLES.map((role) => ({
      role,
      number: own.get(role)?.number ?? LEDGER_ACCOUNTS[role].number,
      label: own.get(role)?.label ?? LEDGER_ACCOUNTS[role].labels.fr,
      isOwn: own.has(role),
    }));
  }

  async set(role: LedgerRole, number: string, label: string): Promise<void> {
    await this.uow.execute(
      `INSERT INTO ledger_account_numbers (association_id, account, number, label) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT ledger_account_numbers_pkey
       DO UPDATE SET number = EXCLUDED.number, label = EXCLUDED.label, updated_at = now()`,
      [this.uow.associationId, role, number, label],
    );
  }
}

/** @throws DomainError `ledger_account_not_found` */
export function ledgerRole(text: string): LedgerRole {
  const role = LEDGER_ROLES.find((known) => known === text);
  if (!role) throw ledgerAccountNotFound();
  return role;
}
