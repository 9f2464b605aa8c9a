import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessTokens } from '../../../src/payments/accounts/access-tokens.js';
import { PaymentAccounts, type MadeWith } from '../../../src/payments/accounts/payment-accounts.js';
import { ProviderCalls } from '../../../src/payments/accounts/provider-calls.js';
import { PaymentProvider, type ProviderAnswer } from '../../../src/payments/index.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { ConnectJourney, OrganizationControl } from '../../support/connect.js';
import {
  disturbSandbox,
  eventually,
  givenAssociation,
  givenForm,
  givenGift,
  postGift,
  someSlug,
  type GivenAssociation,
} from '../../support/factories.js';
import { expectProblem } from '../../support/problems.js';

let app: TestApp;
/** Processes that have no token in their memory: of the same installation, started later. */
let others: TestApp[];
let books: Books;
beforeAll(async () => {
  app = await startTestApp();
  others = [await startTestApp({ beside: app }), await startTestApp({ beside: app })];
  books = new Books(app);
});
afterAll(async () => {
  await books.close();
  for (const other of others) await other.close();
  await app.close();
});

describe('an access token', () => {
  let association: GivenAssociation;
  let journey: ConnectJourney;
  let organization: OrganizationControl;
  let name: string;
  let made: MadeWith;
  /** A payment at the provider, to be read. */
  let providerId: string;

  beforeEach(async () => {
    association = await givenAssociation(app);
    journey = new ConnectJourney(app, association);
    name = someSlug('Les Lilas');
    organization = new OrganizationControl(app, name);
    await journey.connect(name);
    await givenGift(app, await givenForm(app, association));
    const [payment] = await books.rows<MadeWith & { providerId: string }>(
      `SELECT account_id AS "accountId", mode, profile_id AS "profileId", organization_id AS "organizationId",
              provider_id AS "providerId" FROM payments WHERE association_id = $1`,
      [association.associationId],
    );
    ({ providerId, ...made } = payment!);
  });

  const read = (where: TestApp): Promise<ProviderAnswer<unknown>> =>
    where
      .get(ProviderCalls)
      .make(association.associationId, made, 'get_payment', (account) =>
        where.get(PaymentProvider).getPayment(account, providerId),
      );
  const account = async <Row>(columns: string) =>
    (
      await books.rows<Row>(`SELECT ${columns} FROM provider_accounts WHERE association_id = $1`, [
        association.associationId,
      ])
    )[0]!;
  const change = (set: string) =>
    books.rows(`UPDATE provider_accounts SET ${set} WHERE association_id = $1`, [association.associationId]);
  const expire = async () => {
    await organization.expireTokens();
    await change(`access_expires_at = now() - interval '1 second'`);
  };

  it('that expired is refreshed once, however many ask in however many processes', async () => {
    await expire();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => read(others[i % 2]!)));
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array(50).fill('ok'));
    expect(await organization.refreshes()).toBe(1);
  });

  it('is refreshed a minute before it expires', async () => {
    await change(`access_expires_at = now() + interval '70 seconds'`);
    expect((await read(others[0]!)).outcome).toBe('ok');
    expect(await organization.refreshes()).toBe(0);
    await change(`access_expires_at = now() + interval '50 seconds'`);
    expect((await read(others[1]!)).outcome).toBe('ok');
    expect(await organization.refreshes()).toBe(1);
    expect(await account(`access_expires_at > now() + interval '55 minutes' AS later`)).toEqual({
      later: true,
    });
  });

  it('that is refused is refreshed once and the call is made again, however many were refused', async () => {
    await Promise.all(others.map(read));
    await organization.expireTokens();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => read(others[i % 2]!)));
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array(20).fill('ok'));
    expect(await organization.refreshes()).toBe(1);
  });

  it('that is refused twice is given up', async () => {
    const calls: string[] = [];
    const answer = await app
      .get(ProviderCalls)
      .make(association.associationId, made, 'get_payment', async (credentials) => {
        calls.push((credentials as { accessToken: string }).accessToken);
        return { outcome: 'refused', code: 'unauthorized', field: null, detail: 'no' };
      });
    expect(answer).toMatchObject({ outcome: 'refused', code: 'unauthorized' });
    expect(new Set(calls).size).toBe(2);
    expect(calls).toHaveLength(2);
    expect(await organization.refreshes()).toBe(1);
  });

  it('acts for the profile and in the mode that the payment was made with', async () => {
    const seen = await app.get(PaymentAccounts).credentials(association.associationId, made);
    expect(seen).toMatchObject({ value: { profileId: made.profileId, testmode: true } });
    const live = await app
      .get(PaymentAccounts)
      .credentials(association.associationId, { ...made, mode: 'live' });
    expect(live).toMatchObject({ value: { testmode: false } });
  });

  it('whose refresher was killed is refreshed by another when its lease has run out', async () => {
    await expire();
    await change(`lease_id = gen_random_uuid(), lease_until = now() + interval '2 seconds'`);
    const asked = read(others[0]!);
    await sleep(500);
    expect(await organization.refreshes()).toBe(0);
    expect((await asked).outcome).toBe('ok');
    expect(await organization.refreshes()).toBe(1);
    expect(await account('lease_id')).toEqual({ lease_id: null });
  });

  it('is not stored by a refresher that was so slow that another did its work', async () => {
    await expire();
    await disturbSandbox(app, { latencyMs: 400 });
    try {
      const slow = read(others[0]!);
      await eventually(async () => (await account<{ lease: string | null }>('lease_id AS lease')).lease);
      await change(`lease_until = now() - interval '1 second'`);
      const quick = read(others[1]!);
      expect([(await slow).outcome, (await quick).outcome]).toEqual(['ok', 'ok']);
    } finally {
      await disturbSandbox(app, {});
    }
    expect(await account('state, lease_id')).toEqual({ state: 'connected', lease_id: null });
    expect((await read(app)).outcome).toBe('ok');
  });

  it('cannot be had while Mollie is silent: unknown, and the next one asks anew', async () => {
    await expire();
    await disturbSandbox(app, { failNext: { times: 3, status: 503 } });
    try {
      expect((await read(others[0]!)).outcome).toBe('unknown');
    } finally {
      await disturbSandbox(app, {});
    }
    expect(await account('state, lease_id')).toEqual({ state: 'connected', lease_id: null });
    expect((await read(others[0]!)).outcome).toBe('ok');
  });

  it('of a consent that was taken back at Mollie ends the connection, once, and says so', async () => {
    await organization.revoke();
    const answers = await Promise.all([app, ...others].map(read));
    for (const answer of answers) {
      expect(answer).toMatchObject({ outcome: 'refused', code: 'payment_account_disconnected' });
    }
    expect(await journey.show()).toMatchObject({
      kind: 'connect',
      status: 'disconnected',
      takesApplicationFee: false,
    });
    const told = 'journal_entries WHERE association_id = $1 AND action = $2';
    expect(await books.count(told, [association.associationId, 'mollie.consent_ended'])).toBe(1);
    const alerts = `alerts WHERE association_id = $1 AND kind = 'account_disconnected'`;
    expect(await books.count(alerts, [association.associationId])).toBe(1);
    // No gift goes to another account by itself.
    others.forEach((other) => other.get(PaymentAccounts).forget(association.associationId));
    expectProblem(
      await postGift(others[0]!, await givenForm(app, association)),
      409,
      'payment_account_disconnected',
    );
    expect((await journey.ask('DELETE', '/connection')).status).toBe(204);
    expect(await journey.show()).toMatchObject({ kind: 'installation' });
  });

  it('of a new consent takes gifts again, opens what was paid before, and settles the alert', async () => {
    await organization.revoke();
    await read(app);
    await journey.connect(name);
    const alerts = `alerts WHERE association_id = $1 AND kind = 'account_disconnected' AND resolved_at IS NULL`;
    expect(await books.count(alerts, [association.associationId])).toBe(0);
    expect((await read(app)).outcome).toBe('ok');
    await givenGift(app, await givenForm(app, association));
  });

  it('is asked for outside transactions only', async () => {
    await expire();
    const [other] = others;
    const inUnit = other!
      .get(UnitOfWork)
      .inTenant(association.associationId, () =>
        other!.get(AccessTokens).get(association.associationId, made.accountId!),
      );
    await expect(inUnit).rejects.toThrow('A foreign call inside a database transaction');
    expect(await account('lease_id')).toEqual({ lease_id: null });
  });

  it('and its refresh token lie sealed, each for its own column', async () => {
    await expire();
    await read(others[0]!);
    const row = await account<{ secret: string; access: string }>(
      'sealed_secret AS secret, sealed_access AS access',
    );
    expect(row).toEqual({
      secret: expect.stringMatching(/^v1\.tests\./),
      access: expect.stringMatching(/^v1\.tests\./),
    });
    await change('sealed_secret = sealed_access');
    await change(`access_expires_at = now() - interval '1 second'`);
    await expect(read(others[1]!)).rejects.toMatchObject({ code: 'secret_unreadable' });
  });
});
