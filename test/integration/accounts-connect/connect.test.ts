import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newScopedToken } from '../../../src/kernel/scoped-token.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { ConnectJourney, OrganizationControl } from '../../support/connect.js';
import {
  disturbSandbox,
  eventually,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  someSlug,
  untilPaid,
  type GivenAssociation,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { expectProblem } from '../../support/problems.js';

/** Of the sandbox: it has two profiles. */
const TWO_PROFILES = 'Ensemble vocal des Deux Rives';

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

describe('connecting a Mollie account', () => {
  let association: GivenAssociation;
  let journey: ConnectJourney;
  let name: string;
  let organization: OrganizationControl;
  beforeEach(async () => {
    association = await givenAssociation(app);
    journey = new ConnectJourney(app, association);
    name = someSlug('Les Lilas');
    organization = new OrganizationControl(app, name);
  });
  const accounts = <Row>(columns: string) =>
    books.rows<Row>(`SELECT ${columns} FROM provider_accounts WHERE association_id = $1 ORDER BY id`, [
      association.associationId,
    ]);

  it('the owner is sent to Mollie with what we need, and a way back', async () => {
    const url = new URL(await journey.begin());
    expect(url.origin + url.pathname).toBe(app.sandbox.authorizeUrl);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'app_oboleOfTheTests',
      redirect_uri: `${app.url}/mollie/callback`,
      response_type: 'code',
      approval_prompt: 'auto',
      scope: expect.stringContaining('payments.write'),
      state: expect.stringMatching(/^[\w-]{54}$/),
    });
  });

  it('makes it the account of new gifts, and shows whose it is but never a secret', async () => {
    const page = await journey.connect(name);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Votre compte Mollie est relié');
    expect(page.text).toContain('Mode test');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const { id } = await organization.shown();
    const shown = await journey.show();
    expect(shown).toMatchObject({
      kind: 'connect',
      status: 'connected',
      mode: 'test',
      organization: { id, name },
      profile: { id: expect.stringMatching(/^pfl_/), name },
      onboarding: { status: 'completed', canReceivePayments: true, canReceiveSettlements: true },
      takesApplicationFee: true,
      needsProfile: null,
      canConnect: true,
    });
    const gift = await givenGift(app, await givenForm(app, association));
    await payAtSandbox(gift.checkoutUrl);
    await untilPaid(gift.statusUrl);
    const [payment] = await books.rows(
      `SELECT p.mode, p.organization_id AS organization, p.profile_id = a.profile_id AS "sameProfile"
         FROM payments p JOIN provider_accounts a ON a.id = p.account_id WHERE p.association_id = $1`,
      [association.associationId],
    );
    expect(payment).toEqual({ mode: 'test', organization: id, sameProfile: true });
    const [row] = await accounts<{ line: string }>('provider_accounts::text AS line');
    expect(row!.line).not.toMatch(/access_|refresh_/);
  });

  it('in live mode asks for live payments', async () => {
    await journey.connect(name, 'live');
    expect(await journey.show()).toMatchObject({ mode: 'live' });
    const gift = await givenGift(app, await givenForm(app, association));
    expect(gift.checkoutUrl).toMatch(/^http/);
    expect(
      await books.rows('SELECT mode FROM payments WHERE association_id = $1', [association.associationId]),
    ).toEqual([{ mode: 'live' }]);
  });

  it('of an organisation with several profiles waits for a choice, and changes nothing until then', async () => {
    await journey.ask('PUT', '/api-key', { apiKey: 'test_beforeTheChoice' });
    const page = await journey.connect(TWO_PROFILES);
    expect(page.text).toContain('Il reste à choisir un profil');
    const waiting = await journey.show();
    expect(waiting).toMatchObject({
      kind: 'api_key',
      needsProfile: { organization: { name: TWO_PROFILES } },
    });
    const { profiles } = waiting.needsProfile as { profiles: Array<{ id: string; name: string }> };
    expect(profiles.map((profile) => profile.name).sort()).toEqual(['Concerts', 'Dons']);
    const gifts = profiles.find((profile) => profile.name === 'Dons')!;
    const unknown = await journey.ask('PUT', '/profile', { profileId: 'pfl_nothere' });
    expect(unknown.json).toMatchObject({ errors: [{ pointer: '/profileId', code: 'profile_unknown' }] });
    const chosen = await journey.ask('PUT', '/profile', { profileId: gifts.id });
    expect(chosen.json).toMatchObject({ kind: 'connect', profile: { name: 'Dons' }, needsProfile: null });
    expectProblem(await journey.ask('PUT', '/profile', { profileId: gifts.id }), 404, 'mollie_not_connected');
  });

  it('that the owner refuses at Mollie changes nothing, and a page says so', async () => {
    const page = await journey.arrive(await journey.deny(await journey.begin()));
    expect(page.status).toBe(200);
    expect(page.text).toContain('Le compte n’a pas été relié');
    expect(await journey.show()).toMatchObject({ kind: 'installation' });
  });

  it('speaks the reader’s language on its pages', async () => {
    const url = new URL(await journey.deny(await journey.begin()));
    const page = await call(app, url.pathname + url.search, { headers: { 'accept-language': 'en' } });
    expect(page.text).toContain('The account was not connected');
  });

  it('a state works once: replayed it is refused, whatever came of it the first time', async () => {
    const back = await journey.consent(await journey.begin(), name);
    expect((await journey.arrive(back)).text).toContain('Votre compte Mollie est relié');
    expect((await journey.arrive(back)).text).toContain('Ce lien n’est plus valable');
    expect(await accounts('id')).toHaveLength(1);
    const denied = await journey.begin();
    await journey.arrive(await journey.deny(denied));
    const late = await journey.arrive(await journey.consent(denied, name));
    expect(late.text).toContain('Ce lien n’est plus valable');
  });

  it('a state that is ours to nobody, another association’s, or cut off is refused', async () => {
    const other = new ConnectJourney(app, await givenAssociation(app));
    const theirs = new URL(await other.begin()).searchParams.get('state')!;
    const mine = new URL(await journey.consent(await journey.begin(), name));
    // Their random part under my association.
    const own = Buffer.from(mine.searchParams.get('state')!, 'base64url').subarray(0, 16);
    const mixed = Buffer.concat([own, Buffer.from(theirs, 'base64url').subarray(16)]).toString('base64url');
    for (const state of [mixed, newScopedToken(association.associationId), 'hello', '', '%00']) {
      const url = new URL(mine);
      url.searchParams.set('state', state);
      expect((await journey.arrive(url.href)).text).toContain('Ce lien n’est plus valable');
    }
    expect(await accounts('id')).toEqual([]);
    const page = await journey.arrive(mine.href);
    expect(page.text).toContain('Votre compte Mollie est relié');
    expect(await other.show()).toMatchObject({ kind: 'installation' });
  });

  it('a state is old after a quarter of an hour', async () => {
    const back = await journey.consent(await journey.begin(), name);
    await books.rows(
      `UPDATE provider_consents SET expires_at = expires_at - interval '15 minutes' WHERE association_id = $1`,
      [association.associationId],
    );
    expect((await journey.arrive(back)).text).toContain('Ce lien n’est plus valable');
    expect(
      await books.count('provider_consents WHERE association_id = $1', [association.associationId]),
    ).toBe(0);
  });

  it('while Mollie is silent is told as such, and stores nothing', async () => {
    const back = await journey.consent(await journey.begin(), name);
    await disturbSandbox(app, { failNext: { times: 3, status: 503 } });
    try {
      expect((await journey.arrive(back)).text).toContain('Mollie n’a pas pu confirmer');
    } finally {
      await disturbSandbox(app, {});
    }
    expect(await accounts('id')).toEqual([]);
  });

  it('two arrivals at once make one account', async () => {
    const back = await journey.consent(await journey.begin(), name);
    const pages = await Promise.all([1, 2, 3].map(() => journey.arrive(back)));
    expect(pages.filter(({ text }) => text.includes('est relié'))).toHaveLength(1);
    expect(await accounts('id')).toHaveLength(1);
  });

  it('is for owners', async () => {
    for (const role of ['reader', 'treasurer'] as const) {
      const key = association.keys[role];
      expectProblem(await journey.ask('POST', '/connect', { mode: 'test' }, key), 403, 'role_insufficient');
      expectProblem(
        await journey.ask('PUT', '/profile', { profileId: 'pfl_1' }, key),
        403,
        'role_insufficient',
      );
    }
  });

  it('is journalled with its owner, and no secret', async () => {
    await journey.connect(name);
    const entries = await books.rows<{ actor: string; action: string; line: string }>(
      `SELECT actor, action, journal_entries::text AS line FROM journal_entries WHERE association_id = $1 AND action LIKE 'mollie.%'`,
      [association.associationId],
    );
    expect(entries).toMatchObject([
      { actor: expect.stringMatching(/^key:key_/), action: 'mollie.connected' },
    ]);
    expect(entries[0]!.line).not.toMatch(/access_|refresh_/);
  });

  it('taken away by its owner ends the consent at Mollie, and what was paid with it is then said to be out of reach', async () => {
    await journey.connect(name);
    const form = await givenForm(app, association);
    const gift = await givenGift(app, form);
    expect((await journey.ask('DELETE', '/connection')).status).toBe(204);
    expect(await journey.show()).toMatchObject({ kind: 'installation' });
    expect(await accounts('state, is_current, sealed_access')).toEqual([
      { state: 'revoked', is_current: false, sealed_access: null },
    ]);
    await payAtSandbox(gift.checkoutUrl);
    const shown = await call(app, gift.statusUrl);
    expect(shown.json).toMatchObject({ status: 'pending' });
    // The webhook's job ends in order: the payment is looked for again tomorrow.
    const jobs = `outbox WHERE job = 'payments.sync' AND payload->>'associationId' = $1`;
    await eventually(async () => (await books.count(jobs, [association.associationId])) === 0);
    const [later] = await books.rows(
      `SELECT state, next_sync_at BETWEEN now() + interval '23 hours' AND now() + interval '25 hours' AS tomorrow
         FROM payments WHERE association_id = $1`,
      [association.associationId],
    );
    expect(later).toEqual({ state: 'open', tomorrow: true });
    // The same organisation's new consent opens what was made with its earlier one.
    await journey.connect(name);
    await untilPaidAfterAsking(gift.statusUrl);
  });

  it('while Mollie is silent it is not taken away', async () => {
    await journey.connect(name);
    await disturbSandbox(app, { failNext: { times: 9, status: 503 } });
    try {
      expectProblem(await journey.ask('DELETE', '/connection'), 503, 'payment_provider_unavailable');
    } finally {
      await disturbSandbox(app, {});
    }
    expect(await journey.show()).toMatchObject({ kind: 'connect', status: 'connected' });
  });

  it('needs an app of the platform', async () => {
    const without = await startTestApp({ mollieApp: null });
    try {
      const there = await givenAssociation(without);
      const answer = await new ConnectJourney(without, there).ask('POST', '/connect', { mode: 'test' });
      expectProblem(answer, 409, 'mollie_connect_unavailable');
    } finally {
      await without.close();
    }
  });

  async function untilPaidAfterAsking(statusUrl: string): Promise<void> {
    const page = statusUrl.replace('/v1/donation-status/', '/don/');
    await call(app, page, { headers: { accept: 'text/html' } });
    await untilPaid(statusUrl);
  }
});
