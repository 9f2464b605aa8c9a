import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import {
  givenAssociation,
  givenDraft,
  givenForm,
  givenGift,
  payAtSandbox,
  untilPaid,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { documentedCall } from '../support/openapi.js';
import { expectProblem } from '../support/problems.js';

interface Page {
  data: Array<{ id: string; createdAt: string }>;
  hasMore: boolean;
  nextCursor: string | null;
}

const MANY = 45;

let app: TestApp;
let association: GivenAssociation;
let form: GivenForm;
let oldestFirst: string[];
beforeAll(async () => {
  app = await startTestApp();
  association = await givenAssociation(app);
  form = await givenForm(app, association);
  oldestFirst = [];
  for (let i = 0; i < MANY; i++) oldestFirst.push((await givenGift(app, form)).id);
});
afterAll(() => app.close());

const list = (path: string) => documentedCall(app, path, { key: association.keys.reader });
const page = async (path: string): Promise<Page> => (await list(path)).json as Page;
const withCursor = (path: string, cursor: string | null) =>
  cursor === null ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`;

/** Follows nextCursor to the end; `between` happens after each page. */
async function walk(path: string, between: () => Promise<void> = async () => undefined): Promise<Page[]> {
  const pages: Page[] = [];
  for (let cursor: string | null = null; ;) {
    const next: Page = await page(withCursor(path, cursor));
    pages.push(next);
    if (!next.hasMore) return pages;
    cursor = next.nextCursor;
    await between();
  }
}

const idsOf = (pages: Page[]) => pages.flatMap(({ data }) => data.map(({ id }) => id));

describe('a list', () => {
  it('is newest first, without gap or double, while new rows arrive', async () => {
    const before = [...oldestFirst];
    const pages = await walk('/v1/donations?limit=10', async () => {
      oldestFirst.push((await givenGift(app, form)).id);
    });
    expect(pages.map(({ data }) => data.length)).toEqual([10, 10, 10, 10, 5]);
    expect(idsOf(pages)).toEqual(before.toReversed());
    expect(pages.at(-1)).toMatchObject({ hasMore: false, nextCursor: null });
  });

  it.each([1, 7, 50, 100])('has the same rows in pages of %d', async (limit) => {
    expect(idsOf(await walk(`/v1/donations?limit=${limit}`))).toEqual(oldestFirst.toReversed());
  });

  it('has pages of twenty unless told otherwise', async () => {
    const first = await page('/v1/donations');
    expect([first.data.length, first.hasMore]).toEqual([20, true]);
  });

  it('whose rows end exactly with the page says that nothing follows', async () => {
    const all = await page(`/v1/donations?limit=${oldestFirst.length}`);
    expect([all.data.length, all.hasMore, all.nextCursor]).toEqual([oldestFirst.length, false, null]);
  });

  it('that is empty is a list too', async () => {
    const nothing = { data: [], hasMore: false, nextCursor: null };
    expect(await page('/v1/receipts')).toEqual(nothing);
    expect(await page('/v1/donations?status=expired')).toEqual(nothing);
  });

  it('goes on from a row that has left the filter since', async () => {
    const gift = await givenGift(app, form);
    oldestFirst.push(gift.id);
    const first = await page('/v1/donations?limit=1&status=pending');
    expect(first.data[0]!.id).toBe(gift.id);
    await payAtSandbox(gift.checkoutUrl);
    await untilPaid(gift.statusUrl);
    const second = await page(withCursor('/v1/donations?limit=1&status=pending', first.nextCursor));
    expect(second.data[0]!.id).toBe(oldestFirst.at(-2));
    expect((await page('/v1/donations?status=paid')).data.map(({ id }) => id)).toEqual([gift.id]);
  });

  it('of forms goes by the same rules', async () => {
    const made: string[] = [form.id];
    for (let i = 0; i < 6; i++) made.push((await givenDraft(app, association)).id);
    expect(idsOf(await walk('/v1/forms?limit=3'))).toEqual(made.toReversed());
  });
});

describe('what a list refuses', () => {
  it.each([
    ['limit=0', '/limit', 'too_small'],
    ['limit=-1', '/limit', 'too_small'],
    ['limit=101', '/limit', 'too_large'],
    ['limit=10.5', '/limit', 'wrong_type'],
    ['limit=ten', '/limit', 'wrong_type'],
    ['limit=5&limit=6', '/limit', 'wrong_type'],
    ['cursor=', '/cursor', 'malformed_cursor'],
    ['cursor=hello', '/cursor', 'malformed_cursor'],
    ['cursor=%00', '/cursor', 'malformed_text'],
    [`cursor=${'B'.repeat(22)}`, '/cursor', 'malformed_cursor'],
    [`cursor=${'A'.repeat(65)}`, '/cursor', 'too_long'],
    ["cursor=' OR 1=1 --", '/cursor', 'malformed_cursor'],
    ['page=2', '/page', 'unknown_field'],
    ['status=refunded', '/status', 'not_allowed'],
  ])('%s', async (query, pointer, code) => {
    const problem = expectProblem(await list(`/v1/donations?${query}`), 422, 'validation_failed');
    expect(problem.errors).toContainEqual({ pointer, code, detail: expect.any(String) });
  });

  it.each(['year=26', 'year=x', 'year=2026.5'])('receipts with %s', async (query) => {
    const problem = expectProblem(await list(`/v1/receipts?${query}`), 422, 'validation_failed');
    expect(problem.errors).toMatchObject([{ pointer: '/year' }]);
  });
});
