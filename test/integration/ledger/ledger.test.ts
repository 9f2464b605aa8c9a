import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { Money } from '../../../src/kernel/money.js';
import { PostEntry, giftSettled, payout, type Posting } from '../../../src/ledger/index.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { givenAssociation, type GivenAssociation } from '../../support/factories.js';

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let other: GivenAssociation;
beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
  association = await givenAssociation(app);
  other = await givenAssociation(app);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

function someGift(overrides: Partial<Posting> = {}): Posting {
  return {
    fact: 'gift_settled',
    source: { type: 'payment', id: newId() },
    occurredOn: '2026-11-22',
    lines: giftSettled({ gift: Money.of(5_000), tip: Money.of(300), income: 'gifts' }),
    ...overrides,
  };
}

const post = (posting: Posting, { associationId } = association): Promise<boolean> =>
  app.get(UnitOfWork).inTenant(associationId, () => app.get(PostEntry).run(posting));

interface Line {
  number: string;
  label: string;
  debit: number;
  credit: number;
}

const linesOf = ({ source }: Posting): Promise<Line[]> =>
  books.rows(
    `SELECT account_number AS number, account_label AS label, debit_cents::int AS debit, credit_cents::int AS credit
       FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id WHERE e.source_id = $1 ORDER BY position`,
    [source.id],
  );

describe('an entry', () => {
  it('has its lines on the accounts of the chart', async () => {
    const gift = someGift();
    expect(await post(gift)).toBe(true);
    expect(await linesOf(gift)).toEqual([
      { number: '5115', label: 'Paiements par carte à encaisser', debit: 5_300, credit: 0 },
      { number: '75411', label: 'Dons manuels', debit: 0, credit: 5_000 },
      { number: '467', label: 'Débiteurs et créditeurs divers', debit: 0, credit: 300 },
    ]);
  });

  it('posted twice is one entry', async () => {
    const gift = someGift();
    expect([await post(gift), await post(gift)]).toEqual([true, false]);
    expect(await linesOf(gift)).toHaveLength(3);
  });

  it('posted by ten at once is one entry', async () => {
    const gift = someGift();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(gift)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await linesOf(gift)).toHaveLength(3);
  });

  it('whose unit fails leaves nothing, and may be posted again', async () => {
    const gift = someGift();
    const failing = app.get(UnitOfWork).inTenant(association.associationId, async () => {
      await app.get(PostEntry).run(gift);
      throw new Error('something else went wrong');
    });
    await expect(failing).rejects.toThrow('something else');
    expect(await linesOf(gift)).toEqual([]);
    expect(await post(gift)).toBe(true);
  });

  it('in which nothing moves is none', async () => {
    const nothing = someGift({ lines: payout(Money.zero()) });
    expect(await post(nothing)).toBe(false);
    expect(await linesOf(nothing)).toEqual([]);
  });

  it('of one association is neither seen nor taken for its own by another', async () => {
    const gift = someGift();
    await post(gift);
    const seen = await app
      .get(UnitOfWork)
      .inTenant(other.associationId, () => app.get(UnitOfWork).query('SELECT FROM ledger_lines'));
    expect(seen).toEqual([]);
    expect(await post(gift, other)).toBe(true);
  });
});

describe('by hand and as the owner of the schema', () => {
  const ENTRY = `INSERT INTO ledger_entries (association_id, id, fact, source_type, source_id, occurred_on, label, currency, line_count)
    VALUES ('${newId()}', '$id', 'payout', 'settlement', gen_random_uuid(), '2026-11-22', 'x', 'EUR', $count)`;
  const line = (position: number, debit: number, credit: number, currency = 'EUR') =>
    `INSERT INTO ledger_lines SELECT association_id, id, ${position}, line_count, 'bank', '512', 'Banques', ${debit}, ${credit}, '${currency}'
       FROM ledger_entries WHERE id = '$id'`;
  const tryOut = (count: number, ...lines: string[]) => {
    const script = ['BEGIN', ENTRY.replace('$count', String(count)), ...lines, 'COMMIT'].join(';');
    return books.rows(script.replaceAll('$id', newId()));
  };

  it('an entry that balances is taken', async () => {
    await tryOut(2, line(1, 100, 0), line(2, 0, 100));
  });

  it.each([
    ['that does not balance', 2, [line(1, 100, 0), line(2, 0, 99)], 'does not balance'],
    ['without lines', 2, [], 'does not balance: 0 of 2 lines'],
    ['with a line missing', 3, [line(1, 100, 0), line(2, 0, 100)], 'does not balance: 2 of 3 lines'],
    ['of one line', 1, [line(1, 100, 0)], 'ledger_entries_two_lines'],
    ['with a line too many', 2, [line(1, 100, 0), line(2, 0, 100), line(3, 1, 0)], 'ledger_lines_position'],
    ['with a line in another currency', 2, [line(1, 100, 0), line(2, 0, 100, 'USD')], 'ledger_lines_entry'],
    ['with a line of both sides', 2, [line(1, 100, 100), line(2, 0, 100)], 'ledger_lines_one_side'],
    ['with a line of nothing', 3, [line(1, 100, 0), line(2, 0, 100), line(3, 0, 0)], 'ledger_lines_one_side'],
    ['with a negative line', 2, [line(1, -100, 0), line(2, 0, -100)], 'ledger_lines_one_side'],
  ])('one %s is refused', async (_name, count, lines, refusal) => {
    await expect(tryOut(count, ...lines)).rejects.toThrow(refusal);
  });

  it('a balanced entry takes no further lines, not even balanced ones', async () => {
    const gift = someGift();
    await post(gift);
    const added = (position: number, count: string) =>
      books.rows(
        `INSERT INTO ledger_lines SELECT association_id, id, ${position}, ${count}, 'bank', '512', 'Banques', 1, 0, 'EUR'
           FROM ledger_entries WHERE source_id = $1`,
        [gift.source.id],
      );
    await expect(added(4, 'line_count')).rejects.toThrow('ledger_lines_position');
    await expect(added(4, '4')).rejects.toThrow('ledger_lines_entry');
    await expect(added(3, 'line_count')).rejects.toThrow('ledger_lines_pkey');
  });

  it.each(['ledger_entries', 'ledger_lines'])('rows of %s are never changed or deleted', async (table) => {
    await expect(books.rows(`UPDATE ${table} SET line_count = line_count`)).rejects.toThrow('never changed');
    await expect(books.rows(`DELETE FROM ${table}`)).rejects.toThrow('never changed');
  });
});
