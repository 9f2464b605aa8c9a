import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../kernel/clock.js';
import { Money, type Currency } from '../kernel/money.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../platform/http/pagination.js';
import type { LedgerRole } from './ledger-accounts.js';
import type { LedgerFact, LedgerSource } from './posting.js';

export interface LedgerLine {
  account: LedgerRole;
  /** As it was when the entry was posted. */
  number: string;
  label: string;
  debit: Money;
  credit: Money;
}

export interface LedgerEntry {
  id: string;
  fact: LedgerFact;
  source: LedgerSource;
  occurredOn: LegalDate;
  label: string;
  postedAt: Date;
  lines: LedgerLine[];
}

export type EntriesFilter = Partial<Record<'from' | 'to', LegalDate | undefined>> & {
  account?: LedgerRole | undefined;
};

interface LineRow extends Omit<LedgerLine, 'debit' | 'credit'> {
  debit: number | string;
  credit: number | string;
  currency: Currency;
}

type EntryRow = Omit<LedgerEntry, 'source' | 'lines'> & {
  sourceType: string;
  sourceId: string;
  lines: LineRow[];
};

const ENTRY = `
  SELECT e.id, e.fact, e.source_type AS "sourceType", e.source_id AS "sourceId", e.occurred_on::text AS "occurredOn",
         e.label, e.posted_at AS "postedAt",
         (SELECT json_agg(json_build_object('account', l.account, 'number', l.account_number, 'label', l.account_label,
                   'debit', l.debit_cents, 'credit', l.credit_cents, 'currency', l.currency) ORDER BY l.position)
            FROM ledger_lines l WHERE l.association_id = e.association_id AND l.entry_id = e.id) AS lines
    FROM ledger_entries e WHERE e.association_id = $1`;

/** Answers from the book; sums are always those of its lines. */
@Injectable()
export class LedgerQueries {
  constructor(private readonly uow: UnitOfWork) {}

  /** What moved on each account until the end of that day; an account that has had two numbers has two rows. */
  async balances(on: LegalDate): Promise<LedgerLine[]> {
    const rows = await this.uow.query<LineRow>(
      `SELECT l.account, l.account_number AS number, (array_agg(l.account_label ORDER BY l.entry_id DESC))[1] AS label,
              l.currency, sum(l.debit_cents) AS debit, sum(l.credit_cents) AS credit
         FROM ledger_lines l
         JOIN ledger_entries e ON e.association_id = l.association_id AND e.id = l.entry_id
        WHERE l.association_id = $1 AND e.occurred_on <= $2
        GROUP BY l.account, l.account_number, l.currency ORDER BY l.account_number, l.account`,
      [this.uow.associationId, on],
    );
    return rows.map(toLine);
  }

  /** One row more than asked for: it tells whether there is a next page. Newest posting first. */
  async page(query: PageQuery & EntriesFilter): Promise<LedgerEntry[]> {
    const rows = await this.uow.query<EntryRow>(
      `${ENTRY} AND e.id < $2
          AND ($3::date IS NULL OR e.occurred_on >= $3) AND ($4::date IS NULL OR e.occurred_on <= $4)
          AND ($5::text IS NULL OR EXISTS (SELECT FROM ledger_lines x
                WHERE x.association_id = e.association_id AND x.entry_id = e.id AND x.account = $5))
        ORDER BY e.id DESC LIMIT $6`,
      [
        this.uow.associationId,
        beforeId(query),
        query.from ?? null,
        query.to ?? null,
        query.account ?? null,
        query.limit + 1,
      ],
    );
    return rows.map(toEntry);
  }

  /** Everything that was posted for one row, oldest first. */
  async ofSource({ type, id }: LedgerSource): Promise<LedgerEntry[]> {
    const rows = await this.uow.query<EntryRow>(
      `${ENTRY} AND e.source_type = $2 AND e.source_id = $3 ORDER BY e.id`,
      [this.uow.associationId, type, id],
    );
    return rows.map(toEntry);
  }
}

function toLine({ account, number, label, debit, credit, currency }: LineRow): LedgerLine {
  const money = (cents: number | string) => Money.of(Number(cents), currency);
  return { account, number, label, debit: money(debit), credit: money(credit) };
}

function toEntry({ sourceType, sourceId, lines, ...entry }: EntryRow): LedgerEntry {
  return { ...entry, source: { type: sourceType, id: sourceId }, lines: lines.map(toLine) };
}
