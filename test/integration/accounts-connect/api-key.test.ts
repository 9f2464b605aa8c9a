import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  disturbSandbox,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  postGift,
  untilPaid,
  type GivenAssociation,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { expectProblem } from '../../support/problems.js';

const FIRST_KEY = 'test_firstKeyOfTheirs';
const SECOND_KEY = 'test_secondKeyOfTheirs';

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

const setKey = ({ keys }: GivenAssociation, apiKey: string, key = keys.owner) =>
  call(app, '/v1/mollie/api-key', { method: 'PUT', key, json: { apiKey } });
const show = async ({ keys }: GivenAssociation) => (await call(app, '/v1/mollie', { key: keys.reader })).json;

/** The sandbox keeps the payments of each key apart. */
async function paymentsOf(apiKey: string): Promise<string[]> {
  const answer = await fetch(`${app.sandbox.controlUrl}/payments?apiKey=${apiKey}`);
  return ((await answer.json()) as { payments: Array<{ id: string }> }).payments.map(({ id }) => id);
}

describe('an API key of an association’s own', () => {
  it('without one the installation’s key takes the gifts, and is shown as such', async () => {
    const association = await givenAssociation(app);
    expect(await show(association)).toEqual({
      object: 'mollie_account',
      kind: 'installation',
      status: 'connected',
      mode: 'test',
      organization: null,
      profile: null,
      apiKeyHint: null,
      onboarding: null,
      takesApplicationFee: false,
      connectedAt: null,
      needsProfile: null,
      canConnect: true,
    });
  });

  it('takes the gifts from then on, and is shown by its last four characters only', async () => {
    const association = await givenAssociation(app);
    const form = await givenForm(app, association);
    await givenGift(app, form);
    const answer = await setKey(association, FIRST_KEY);
    expect(answer).toMatchObject({
      status: 200,
      json: {
        kind: 'api_key',
        status: 'connected',
        mode: 'test',
        apiKeyHint: 'eirs',
        takesApplicationFee: false,
      },
    });
    expect(answer.json).toMatchObject({ profile: { id: expect.stringMatching(/^pfl_/) } });
    expect(await show(association)).toEqual(answer.json);
    expect(answer.text).not.toContain(FIRST_KEY);
    const before = await paymentsOf(FIRST_KEY);
    const gift = await givenGift(app, form);
    expect((await paymentsOf(FIRST_KEY)).length).toBe(before.length + 1);
    await payAtSandbox(gift.checkoutUrl);
    await untilPaid(gift.statusUrl);
  });

  it('a payment is read with the account it was made with, also after the association changed account', async () => {
    const association = await givenAssociation(app);
    const form = await givenForm(app, association);
    const withInstallation = await givenGift(app, form);
    await setKey(association, FIRST_KEY);
    const withFirst = await givenGift(app, form);
    await setKey(association, SECOND_KEY);
    const withSecond = await givenGift(app, form);
    for (const gift of [withInstallation, withFirst, withSecond]) {
      await payAtSandbox(gift.checkoutUrl);
      await untilPaid(gift.statusUrl);
    }
    const accounts = await books.rows<{ hint: string | null; mode: string; profile: boolean }>(
      `SELECT a.hint, p.mode, p.profile_id = a.profile_id AS profile FROM payments p LEFT JOIN provider_accounts a ON a.id = p.account_id
        WHERE p.association_id = $1 ORDER BY p.id`,
      [association.associationId],
    );
    expect(accounts).toEqual([
      { hint: null, mode: 'test', profile: null },
      { hint: 'eirs', mode: 'test', profile: true },
      { hint: 'eirs', mode: 'test', profile: true },
    ]);
  });

  it('after it is taken away the installation’s key takes the gifts, and what was paid with it is still read', async () => {
    const association = await givenAssociation(app);
    const form = await givenForm(app, association);
    await setKey(association, FIRST_KEY);
    const gift = await givenGift(app, form);
    const remove = () =>
      call(app, '/v1/mollie/connection', { method: 'DELETE', key: association.keys.owner });
    expect((await remove()).status).toBe(204);
    expect(await show(association)).toMatchObject({ kind: 'installation' });
    expectProblem(await remove(), 404, 'mollie_not_connected');
    await payAtSandbox(gift.checkoutUrl);
    await untilPaid(gift.statusUrl);
    const before = await paymentsOf(FIRST_KEY);
    await givenGift(app, form);
    expect(await paymentsOf(FIRST_KEY)).toEqual(before);
  });

  it.each([
    ['of no shape of Mollie’s', 'hunter2', 'malformed_value'],
    ['that Mollie does not know', 'live_hunter2hunter2', 'api_key_refused'],
  ])('a key %s is refused, and changes nothing', async (_what, key, code) => {
    const association = await givenAssociation(app);
    const answer = await setKey(association, key);
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.json).toMatchObject({ errors: [{ pointer: '/apiKey', code }] });
    expect(answer.text).not.toContain('hunter2');
    expect(await show(association)).toMatchObject({ kind: 'installation' });
  });

  it('while Mollie is silent nothing is stored', async () => {
    const association = await givenAssociation(app);
    await disturbSandbox(app, { failNext: { times: 9, status: 503 } });
    try {
      expectProblem(await setKey(association, FIRST_KEY), 503, 'payment_provider_unavailable');
    } finally {
      await disturbSandbox(app, {});
    }
    expect(await show(association)).toMatchObject({ kind: 'installation' });
  });

  it.each(['reader', 'treasurer'] as const)('is not for a %s to set or take away', async (role) => {
    const association = await givenAssociation(app);
    expectProblem(await setKey(association, FIRST_KEY, association.keys[role]), 403, 'role_insufficient');
    const key = association.keys[role];
    expectProblem(
      await call(app, '/v1/mollie/connection', { method: 'DELETE', key }),
      403,
      'role_insufficient',
    );
  });

  it('lies sealed in the database, is journalled without being told, and stays one row per key', async () => {
    const association = await givenAssociation(app);
    const secret = 'test_NowhereInTheClear';
    await setKey(association, secret);
    await setKey(association, FIRST_KEY);
    const rows = await books.rows<{ line: string; sealed: string; current: boolean }>(
      `SELECT provider_accounts::text AS line, sealed_secret AS sealed, is_current AS current FROM provider_accounts
        WHERE association_id = $1 ORDER BY id`,
      [association.associationId],
    );
    expect(rows.map(({ current }) => current)).toEqual([false, true]);
    expect(rows[0]!.sealed).toMatch(/^v1\.tests\./);
    const journal = await books.rows<{ action: string; details: object; line: string }>(
      `SELECT action, details, journal_entries::text AS line FROM journal_entries
        WHERE association_id = $1 AND action LIKE 'mollie.%'`,
      [association.associationId],
    );
    expect(journal.map(({ action }) => action)).toEqual(['mollie.api_key_set', 'mollie.api_key_set']);
    for (const { line } of [...rows, ...journal]) expect(line).not.toContain(secret);
  });

  it('two keys set at once leave one current account', async () => {
    const association = await givenAssociation(app);
    const answers = await Promise.all(
      [FIRST_KEY, SECOND_KEY, FIRST_KEY, SECOND_KEY].map((key) => setKey(association, key)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const where = 'provider_accounts WHERE association_id = $1';
    expect(await books.count(where, [association.associationId])).toBe(4);
    expect(await books.count(`${where} AND is_current`, [association.associationId])).toBe(1);
  });

  it('of another association is not seen', async () => {
    const [mine, theirs] = [await givenAssociation(app), await givenAssociation(app)];
    await setKey(theirs, FIRST_KEY);
    expect(await show(mine)).toMatchObject({ kind: 'installation', apiKeyHint: null });
  });

  it('an account is never turned into another, and never deleted', async () => {
    const association = await givenAssociation(app);
    await setKey(association, FIRST_KEY);
    const change = (set: string) =>
      books.rows(`UPDATE provider_accounts SET ${set} WHERE association_id = $1`, [
        association.associationId,
      ]);
    for (const set of [
      `kind = 'connect', organization_id = 'org_1'`,
      `mode = 'live'`,
      `profile_id = 'pfl_x'`,
    ]) {
      await expect(change(set)).rejects.toMatchObject({ constraint: 'provider_accounts_stay' });
    }
    await expect(change(`sealed_secret = 'test_plain'`)).rejects.toMatchObject({
      constraint: 'provider_accounts_sealed',
    });
    const { rows } = {
      rows: await books.rows(`SELECT has_table_privilege('obole_app', 'provider_accounts', 'DELETE') AS may`),
    };
    expect(rows).toEqual([{ may: false }]);
  });
});

describe('an installation without a key of its own', () => {
  it('takes no gift for an association without an account, and says why', async () => {
    const keyless = await startTestApp({ apiKey: null });
    try {
      const association = await givenAssociation(keyless);
      const form = await givenForm(keyless, association);
      expectProblem(await postGift(keyless, form), 409, 'payment_account_missing');
      const shown = await call(keyless, '/v1/mollie', { key: association.keys.reader });
      expect(shown.json).toMatchObject({ kind: 'none', status: 'missing', mode: null });
      await call(keyless, '/v1/mollie/api-key', {
        method: 'PUT',
        key: association.keys.owner,
        json: { apiKey: FIRST_KEY },
      });
      await givenGift(keyless, form);
    } finally {
      await keyless.close();
    }
  });
});
