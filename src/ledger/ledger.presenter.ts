import type { z } from 'zod';
import type { LegalDate } from '../kernel/clock.js';
import { ID_PREFIXES, publicId, type IdKind } from '../kernel/ids.js';
import type { Money, MoneyJson } from '../kernel/money.js';
import type { NumberedAccount } from './account-numbers.js';
import { LEDGER_ACCOUNTS } from './ledger-accounts.js';
import type { ledgerAccountResponse, ledgerBalancesResponse, ledgerEntryPage } from './ledger.dto.js';
import type { LedgerEntry, LedgerLine } from './ledger.queries.js';
import type { LedgerSource } from './posting.js';

export function presentAccount(account: NumberedAccount): z.input<typeof ledgerAccountResponse> {
  const { number, labels, source } = LEDGER_ACCOUNTS[account.role];
  return {
    object: 'ledger_account',
    account: account.role,
    number: account.number,
    label: account.label,
    isOwnNumber: account.isOwn,
    chart: { number, label: labels.fr, labelEn: labels.en, source },
  };
}

export function presentEntry(entry: LedgerEntry): z.input<typeof ledgerEntryPage>['data'][number] {
  return {
    object: 'ledger_entry',
    id: publicId('ledgerEntry', entry.id),
    fact: entry.fact,
    source: presentSource(entry.source),
    occurredOn: entry.occurredOn,
    label: entry.label,
    lines: entry.lines.map(({ account, number, label, debit, credit }) => ({
      account,
      number,
      label,
      debit: orNull(debit),
      credit: orNull(credit),
    })),
    postedAt: entry.postedAt.toISOString(),
  };
}

export function presentBalances(on: LegalDate, rows: LedgerLine[]): z.input<typeof ledgerBalancesResponse> {
  return {
    object: 'ledger_balances',
    on,
    data: rows.map(({ account, number, label, debit, credit }) => ({
      account,
      number,
      label,
      debit: debit.toJSON(),
      credit: credit.toJSON(),
      balance: debit.minus(credit).toJSON(),
    })),
  };
}

/** Of the kinds that have public ids, the id that the rest of the API knows. */
function presentSource({ type, id }: LedgerSource): { type: string; id: string } {
  return { type, id: type in ID_PREFIXES ? publicId(type as IdKind, id) : id };
}

const orNull = (side: Money): MoneyJson | null => (side.isZero() ? null : side.toJSON());
