import pg from 'pg';
import type { TestDatabase } from './database.js';

interface BookLine {
  entryId: string;
  day: number;
  fact: string;
  label: string;
  number: string;
  account: string;
  debit: number;
  credit: number;
}

const WIDTH = { number: 8, account: 40, amount: 14 };

/**
 * The journal of one association as an accountant reads it, and the balance of each account. Days are counted from
 * the first entry's ("J+0"), so that a story reads the same whenever it is told.
 */
export async function readBook(database: TestDatabase, associationId: string): Promise<string> {
  const owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  try {
    const { rows } = await owner.query<BookLine>(
      `SELECT e.id AS "entryId", e.occurred_on - min(e.occurred_on) OVER () AS day, e.fact, e.label,
              l.account_number AS number, l.account_label AS account, l.debit_cents::int AS debit, l.credit_cents::int AS credit
         FROM ledger_entries e JOIN ledger_lines l ON l.association_id = e.association_id AND l.entry_id = e.id
        WHERE e.association_id = $1 ORDER BY e.id, l.position`,
      [associationId],
    );
    return presentBook(rows);
  } finally {
    await owner.end();
  }
}

function presentBook(lines: BookLine[]): string {
  const entries = [...group(lines, ({ entryId }) => entryId).values()];
  const balances = [...group(lines, ({ number }) => number).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...entries.flatMap((entry) => [heading(entry[0]!), ...entry.map(row), '']),
    row({ number: '', account: 'Total', debit: sum(lines, 'debit'), credit: sum(lines, 'credit') }),
    '',
    'Soldes',
    ...balances.map(([number, moved]) => {
      const balance = sum(moved, 'debit') - sum(moved, 'credit');
      const side = { debit: Math.max(balance, 0), credit: Math.max(-balance, 0) };
      const account = moved.at(-1)!.account;
      return balance === 0
        ? `  ${number.padEnd(WIDTH.number)}${account} : soldé`
        : row({ number, account, ...side });
    }),
  ].join('\n');
}

const heading = ({ day, fact, label }: BookLine) => `J+${day}  ${fact}  ${label}`;

function row({
  number,
  account,
  debit,
  credit,
}: Omit<BookLine, 'entryId' | 'day' | 'fact' | 'label'>): string {
  const cells = [number.padEnd(WIDTH.number), account.padEnd(WIDTH.account), amount(debit), amount(credit)];
  return `  ${cells.join('')}`.trimEnd();
}

const euros = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const amount = (cents: number): string =>
  (cents === 0 ? '' : euros.format(cents / 100).replace(/\s/g, ' ')).padStart(WIDTH.amount);

const sum = (lines: BookLine[], side: 'debit' | 'credit') =>
  lines.reduce((total, line) => total + line[side], 0);

function group<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
