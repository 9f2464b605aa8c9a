import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, publicId } from '../../src/kernel/ids.js';
import { Money } from '../../src/kernel/money.js';
import {
  PostEntry,
  giftSettled,
  moneyReturned,
  payout,
  providerFee,
  type Posting,
} from '../../src/ledger/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import { givenAssociation, type GivenAssociation } from '../support/factories.js';
import { readBook } from '../support/ledger-book.js';
import { documentedCall } from '../support/openapi.js';
import { expectProblem } from '../support/problems.js';

const eur = (cents: number) => Money.of(cents);
const tipped = { gift: eur(5_000), tip: eur(300), income: 'gifts' as const };
const plain = { gift: eur(2_000), tip: eur(0), income: 'gifts' as const };
const payment = newId();

/** Some days of a small association, oldest first. */
const DAYS: Posting[] = [
  {
    fact: 'gift_settled',
    occurredOn: '2026-11-01',
    source: { type: 'payment', id: payment },
    lines: giftSettled(tipped),
  },
  {
    fact: 'provider_fee',
    occurredOn: '2026-11-01',
    source: { type: 'payment', id: payment },
    lines: providerFee(eur(125)),
  },
  {
    fact: 'gift_settled',
    occurredOn: '2026-11-02',
    source: { type: 'payment', id: newId() },
    lines: giftSettled(plain),
  },
  {
    fact: 'refund',
    occurredOn: '2026-11-05',
    source: { type: 'refund', id: newId() },
    lines: moneyReturned(plain),
  },
  {
    fact: 'payout',
    occurredOn: '2026-11-07',
    source: { type: 'settlement', id: newId() },
    label: 'Versement 2026.11',
    lines: payout(eur(5_175)),
  },
];

let app: TestApp;
let association: GivenAssociation;
beforeAll(async () => {
  app = await startTestApp();
  association = await givenAssociation(app);
  await post(...DAYS);
});
afterAll(() => app.close());

const post = (...postings: Posting[]) =>
  app.get(UnitOfWork).inTenant(association.associationId, async () => {
    for (const posting of postings) await app.get(PostEntry).run(posting);
  });

const get = (path: string, { keys } = association) =>
  documentedCall(app, `/v1/ledger${path}`, { key: keys.reader });
const rename = (account: string, json: unknown, key = association.keys.treasurer) =>
  documentedCall(app, `/v1/ledger/accounts/${account}`, { method: 'PUT', json, key });

interface Entries {
  data: Array<{
    id: string;
    fact: string;
    source: { type: string; id: string };
    label: string;
    lines: unknown[];
  }>;
  nextCursor: string | null;
}
const entries = async (query = '') => (await get(`/entries${query}`)).json as Entries;
const facts = async (query: string) => (await entries(query)).data.map(({ fact }) => fact);

describe('the entries', () => {
  it('are told newest first, with their lines and what they stand for', async () => {
    const { data } = await entries();
    expect(data.map(({ fact }) => fact)).toEqual(DAYS.map(({ fact }) => fact).toReversed());
    expect(data[0]).toMatchObject({ label: 'Versement 2026.11', source: { type: 'settlement' } });
    expect(data.at(-1)).toMatchObject({
      id: expect.stringMatching(/^ent_/),
      label: 'Don encaissé',
      occurredOn: '2026-11-01',
      source: { type: 'payment', id: publicId('payment', payment) },
      lines: [
        { account: 'provider_balance', number: '5115', debit: { cents: 5_300 }, credit: null },
        { account: 'gifts', number: '75411', debit: null, credit: { cents: 5_000 } },
        { account: 'platform_tips', number: '467', debit: null, credit: { cents: 300 } },
      ],
    });
  });

  it('can be asked for by day and by account', async () => {
    expect(await facts('?from=2026-11-02&to=2026-11-05')).toEqual(['refund', 'gift_settled']);
    expect(await facts('?account=provider_fees')).toEqual(['provider_fee']);
    expect(await facts('?from=2026-11-08')).toEqual([]);
  });

  it('have pages like every list', async () => {
    const first = await entries('?limit=3');
    expect([first.data.length, first.nextCursor]).toEqual([3, expect.any(String)]);
    expect(await facts(`?limit=3&cursor=${first.nextCursor}`)).toEqual(['provider_fee', 'gift_settled']);
  });

  it.each([
    ['from=2026-02-30', '/from', 'malformed_date'],
    ['to=yesterday', '/to', 'malformed_date'],
    ['account=5115', '/account', 'not_allowed'],
  ])('refuse %s', async (query, pointer, code) => {
    const problem = expectProblem(await get(`/entries?${query}`), 422, 'validation_failed');
    expect(problem.errors).toMatchObject([{ pointer, code }]);
  });

  it('of another association are not there', async () => {
    const other = await givenAssociation(app);
    expect((await get('/entries', other)).json).toMatchObject({ data: [] });
    expect((await get('/balances', other)).json).toMatchObject({ data: [] });
  });
});

describe('the balances', () => {
  const balances = async (on: string) => {
    const { data } = (await get(`/balances?on=${on}`)).json as {
      data: Array<{ account: string; balance: { cents: number } }>;
    };
    return Object.fromEntries(data.map(({ account, balance }) => [account, balance.cents]));
  };

  it('are those of the end of a day', async () => {
    expect(await balances('2026-10-31')).toEqual({});
    expect(await balances('2026-11-01')).toEqual({
      provider_balance: 5_175,
      provider_fees: 125,
      gifts: -5_000,
      platform_tips: -300,
    });
    expect(await balances('2026-11-07')).toEqual({
      provider_balance: 0,
      bank: 5_175,
      provider_fees: 125,
      gifts: -5_000,
      platform_tips: -300,
    });
  });

  it('are of today unless told otherwise', async () =>
    expect((await get('/balances')).json).toMatchObject({ on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }));
});

describe('an accountant', () => {
  it('reads the book', async () => {
    expect(await readBook(app.database, association.associationId)).toMatchSnapshot();
  });
});

describe('an association’s own account number', () => {
  it('is that of the chart until it is set', async () => {
    const { data } = (await get('/accounts')).json as { data: unknown[] };
    expect(data).toContainEqual({
      object: 'ledger_account',
      account: 'gifts',
      number: '75411',
      label: 'Dons manuels',
      isOwnNumber: false,
      chart: {
        number: '75411',
        label: 'Dons manuels',
        labelEn: 'Gifts',
        source: expect.stringContaining('ANC'),
      },
    });
  });

  it('stands on entries from then on, and those posted before keep theirs', async () => {
    const given = { number: '754110', label: 'Dons en ligne' };
    expect((await rename('gifts', given)).json).toMatchObject({ ...given, isOwnNumber: true });
    await post({ ...DAYS[2]!, source: { type: 'payment', id: newId() } });
    const lines = (await entries('?account=gifts')).data.map(({ lines }) => lines);
    expect(lines[0]).toContainEqual(expect.objectContaining({ account: 'gifts', ...given }));
    expect(lines[1]).toContainEqual(expect.objectContaining({ account: 'gifts', number: '75411' }));
    const again = (await rename('gifts', { number: '75412' })).json;
    expect(again).toMatchObject({ number: '75412', label: 'Dons manuels' });
  });

  it('is journalled', async () => {
    await rename('bank', { number: '5121' });
    const books = new Books(app);
    const [row] = await books.rows<object>(
      `SELECT actor, subject, details FROM journal_entries WHERE action = 'ledger_account.changed' ORDER BY id DESC LIMIT 1`,
    );
    await books.close();
    expect(row).toEqual({
      actor: expect.stringMatching(/^key:/),
      subject: publicId('association', association.associationId),
      details: { account: 'bank', number: '5121' },
    });
  });

  it.each([
    [{ number: '75' }, '/number', 'malformed_account_number'],
    [{ number: '754A' }, '/number', 'malformed_account_number'],
    [{ number: '6270' }, '/number', 'other_account_class'],
    [{}, '/number', 'required'],
    [{ number: '75411', label: 'Dons\nmanuels' }, '/label', 'control_characters'],
    [{ number: '75411', role: 'gifts' }, '/role', 'unknown_field'],
  ])('is refused when it is %j', async (json, pointer, code) => {
    const problem = expectProblem(await rename('gifts', json), 422, 'validation_failed');
    expect(problem.errors).toMatchObject([{ pointer, code }]);
  });

  it('is not set by a reader, nor on an account that is not there', async () => {
    const json = { number: '512' };
    expectProblem(await rename('bank', json, association.keys.reader), 403, 'role_insufficient');
    expectProblem(await rename('512', json), 404, 'ledger_account_not_found');
  });
});
