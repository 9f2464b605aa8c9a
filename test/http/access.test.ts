import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newId, publicId, type IdKind } from '../../src/kernel/ids.js';
import { newScopedToken } from '../../src/kernel/scoped-token.js';
import { ROLES, type Role } from '../../src/platform/http/access.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { ConnectJourney } from '../support/connect.js';
import {
  eventually,
  givenAssociation,
  givenDraft,
  givenForm,
  givenGift,
  payAtSandbox,
  untilReceipt,
  type GivenAssociation,
  type MadeGift,
} from '../support/factories.js';
import { somePng } from '../support/images.js';
import { call, type Answer } from '../support/http-client.js';
import { SandboxControl } from '../support/sandbox-control.js';
import { expectProblem } from '../support/problems.js';
import { routesOf, type Route } from '../support/routes.js';

let app: TestApp;
let association: GivenAssociation;
beforeAll(async () => {
  app = await startTestApp();
  association = await givenAssociation(app);
});
afterAll(() => app.close());

const guardedRoutes = (): Array<Route & { atLeast: Role }> =>
  routesOf(app).flatMap((route) =>
    route.access?.kind === 'role' ? [{ ...route, atLeast: route.access.atLeast }] : [],
  );

/** Of what kind the ids of a route are. */
function idKind(path: string): IdKind {
  const kinds: Record<string, IdKind> = {
    forms: 'form',
    donations: 'donation',
    receipts: 'receipt',
    'api-keys': 'apiKey',
    payments: 'payment',
    refunds: 'refund',
    disputes: 'dispute',
    alerts: 'alert',
    plans: 'plan',
    payouts: 'payout',
    'offline-donations': 'donation',
  };
  return kinds[path.split('/')[2]!]!;
}

/** What a route cannot do without. */
const BODIES: Record<string, object> = {
  'POST /v1/payments/:id/refunds': { reason: 'Donné deux fois' },
  'POST /v1/alerts/:id/resolve': { note: 'Vu' },
  'POST /v1/plans/:id/pause': { months: 1 },
  'POST /v1/offline-donations/:id/correct': { reason: 'Saisi deux fois' },
  'POST /v1/offline-donations/:id/deposit': { depositedOn: '2026-01-15' },
};

function send({ method, path }: Route, key: string | undefined, id?: string): Promise<Answer> {
  const json = ['POST', 'PATCH'].includes(method) && { json: BODIES[`${method} ${path}`] ?? {} };
  const image = method === 'PUT' && { body: somePng(), headers: { 'content-type': 'image/png' } };
  const body = { ...json, ...image };
  return call(app, path.replace(':id', id ?? publicId(idKind(path), newId())), { method, ...body, key });
}

const refusal = ({ status, json }: Answer) =>
  `${status} ${(json as { code?: string } | undefined)?.code ?? ''}`;

/** In any column of the tables that a key passes through. */
async function rowsContaining(text: string): Promise<number> {
  const client = new pg.Client(app.database.ownerUrl);
  await client.connect();
  try {
    await client.query(`SET obole.scope = 'across'`);
    const tables = ['api_keys', 'idempotency_records', 'journal_entries', 'outbox'];
    const rows = tables.map((table) => `SELECT ${table}::text AS line FROM ${table}`).join(' UNION ALL ');
    const { rowCount } = await client.query(`SELECT FROM (${rows}) AS all_rows WHERE strpos(line, $1) > 0`, [
      text,
    ]);
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}

describe('who may call what', () => {
  /** The whole matrix, written down: a change of it is a decision, not a slip. */
  const MATRIX: Record<Role, string[]> = {
    reader: [
      'GET /v1/alerts',
      'GET /v1/alerts/:id',
      'GET /v1/association',
      'GET /v1/association/signature',
      'GET /v1/disputes',
      'GET /v1/disputes/:id',
      'GET /v1/donations',
      'GET /v1/donations/:id',
      'GET /v1/forms',
      'GET /v1/forms/:id',
      'GET /v1/forms/:id/logo',
      'GET /v1/ledger/accounts',
      'GET /v1/ledger/balances',
      'GET /v1/ledger/entries',
      'GET /v1/mollie',
      'GET /v1/offline-donations',
      'GET /v1/offline-donations/:id',
      'GET /v1/payments',
      'GET /v1/payments/:id',
      'GET /v1/payouts',
      'GET /v1/payouts/:id',
      'GET /v1/payouts/:id/parts',
      'GET /v1/plans',
      'GET /v1/plans/:id',
      'GET /v1/receipts',
      'GET /v1/receipts/:id',
      'GET /v1/receipts/:id/pdf',
      'GET /v1/refunds',
      'GET /v1/refunds/:id',
    ],
    treasurer: [
      'DELETE /v1/association/signature',
      'DELETE /v1/forms/:id/logo',
      'PATCH /v1/association',
      'PATCH /v1/forms/:id',
      'POST /v1/alerts/:id/resolve',
      'POST /v1/deposits',
      'POST /v1/forms',
      'POST /v1/forms/:id/archive',
      'POST /v1/forms/:id/publish',
      'POST /v1/forms/:id/unpublish',
      'POST /v1/offline-donations',
      'POST /v1/offline-donations/:id/correct',
      'POST /v1/offline-donations/:id/deposit',
      'POST /v1/payments/:id/refunds',
      'POST /v1/payouts/import',
      'POST /v1/plans/:id/pause',
      'POST /v1/plans/:id/resume',
      'POST /v1/plans/:id/retry',
      'POST /v1/plans/:id/stop',
      'POST /v1/refunds/:id/cancel',
      'PUT /v1/association/signature',
      'PUT /v1/forms/:id/logo',
      'PUT /v1/ledger/accounts/:account',
    ],
    owner: [
      'DELETE /v1/api-keys/:id',
      'DELETE /v1/mollie/connection',
      'GET /v1/api-keys',
      'POST /v1/api-keys',
      'POST /v1/mollie/connect',
      'PUT /v1/mollie/api-key',
      'PUT /v1/mollie/profile',
    ],
  };

  it.each(ROLES)('what takes a %s at least', (role) => {
    const routes = guardedRoutes().filter(({ atLeast }) => atLeast === role);
    expect(routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(MATRIX[role]);
  });

  it('nobody gets in without a key', async () => {
    for (const route of guardedRoutes()) {
      const answer = await send(route, undefined);
      expectProblem(answer, 401, 'authentication_required');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="obole"');
    }
  });

  it.each(ROLES)('a %s’s key opens what its role may do and nothing more', async (role) => {
    for (const route of guardedRoutes()) {
      const answer = await send(route, association.keys[role]);
      const outcome = { route: `${route.method} ${route.path}`, refusal: refusal(answer) };
      if (ROLES.indexOf(role) < ROLES.indexOf(route.atLeast)) {
        expect(outcome).toEqual({ ...outcome, refusal: '403 role_insufficient' });
        expect(answer.json).toMatchObject({ params: { needed: route.atLeast, role } });
      } else {
        expect(outcome.refusal).not.toMatch(/^(401|403|5)/);
      }
    }
  });
});

describe('keys', () => {
  const ask = (authorization: string) => call(app, '/v1/association', { headers: { authorization } });

  it.each([
    ['empty', 'Bearer ', 'authentication_required'],
    ['of another scheme', 'Basic dXNlcjpwYXNz', 'authentication_required'],
    ['of no shape of ours', 'Bearer hello', 'api_key_unknown'],
    ['of another program', 'Bearer sk_live_4242424242', 'api_key_unknown'],
    ['cut off', 'Bearer obole_AAAA', 'api_key_unknown'],
    ['with bytes that are no text of ours', 'Bearer obole_%00é', 'api_key_unknown'],
    ['of an association that is not there', `Bearer obole_${newScopedToken(newId())}`, 'api_key_unknown'],
  ])('a key that is %s is refused', async (_what, authorization, code) => {
    expectProblem(await ask(authorization), 401, code);
  });

  it('a guess inside a real association is refused', async () => {
    const guess = newScopedToken(association.associationId);
    expectProblem(await ask(`Bearer obole_${guess}`), 401, 'api_key_unknown');
    const real = association.keys.reader;
    const changed = real.slice(0, -1) + (real.endsWith('A') ? 'B' : 'A');
    expectProblem(await ask(`Bearer ${changed}`), 401, 'api_key_unknown');
  });

  it('a revoked key opens nothing any more, and is still told apart in the list', async () => {
    const { keys } = await givenAssociation(app);
    const listed = (await call(app, '/v1/api-keys', { key: keys.owner })).json as {
      data: Array<{ id: string; role: Role; hint: string; revokedAt: string | null }>;
    };
    const reader = listed.data.find(({ role }) => role === 'reader')!;
    expect(keys.reader.endsWith(reader.hint)).toBe(true);
    const remove = () => call(app, `/v1/api-keys/${reader.id}`, { method: 'DELETE', key: keys.owner });
    expect((await remove()).status).toBe(204);
    expectProblem(await call(app, '/v1/association', { key: keys.reader }), 401, 'api_key_unknown');
    expect((await remove()).status).toBe(204);
    const after = (await call(app, '/v1/api-keys', { key: keys.owner })).json as typeof listed;
    expect(after.data.find(({ id }) => id === reader.id)?.revokedAt).toEqual(expect.any(String));
  });

  it('the last owner key cannot be revoked', async () => {
    const { keys } = await givenAssociation(app);
    const { data } = (await call(app, '/v1/api-keys', { key: keys.owner })).json as {
      data: Array<{ id: string; role: Role }>;
    };
    const { id } = data.find(({ role }) => role === 'owner')!;
    const answer = await call(app, `/v1/api-keys/${id}`, { method: 'DELETE', key: keys.owner });
    expectProblem(answer, 409, 'last_owner_key');
  });

  it('a new key is shown once, works at once, and its secret is nowhere in the database', async () => {
    const made = await call(app, '/v1/api-keys', {
      method: 'POST',
      key: association.keys.owner,
      json: { name: 'Export', role: 'reader' },
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('cache-control')).toBe('no-store');
    const { token } = made.json as { token: string };
    expect((await call(app, '/v1/association', { key: token })).status).toBe(200);
    const list = await call(app, '/v1/api-keys', { key: association.keys.owner });
    expect(list.text).not.toContain(token);
    expect(await rowsContaining(token)).toBe(0);
    expect(await rowsContaining(token.slice(-4))).toBeGreaterThan(0);
  });
});

/** A gift of which some was refunded, and some charged back. */
async function givenReturns({ keys }: GivenAssociation, { id }: MadeGift) {
  const read = async (path: string) =>
    (
      (await call(app, path, { key: keys.reader })).json as {
        data: Array<{ id: string; providerId: string }>;
      }
    ).data[0];
  const payment = (await read(`/v1/payments?donation=${id}`))!;
  const refund = await call(app, `/v1/payments/${payment.id}/refunds`, {
    method: 'POST',
    key: keys.treasurer,
    json: { reason: 'Donné deux fois', amount: { cents: 100, currency: 'EUR' } },
  });
  await new SandboxControl(app).chargeBack(payment.providerId, { cents: 100 });
  const dispute = await eventually(() => read(`/v1/disputes?payment=${payment.id}`));
  const alert = (await read('/v1/alerts'))!;
  return {
    paymentId: payment.id,
    refundId: (refund.json as { id: string }).id,
    disputeId: dispute.id,
    alertId: alert.id,
  };
}

async function givenPayout({ keys }: GivenAssociation): Promise<string> {
  await new SandboxControl(app).settle();
  await call(app, '/v1/payouts/import', { method: 'POST', key: keys.treasurer });
  const payouts = (await call(app, '/v1/payouts', { key: keys.reader })).json as { data: [{ id: string }] };
  return payouts.data[0].id;
}

describe('another association’s things do not exist', () => {
  it('whatever the route, its ids are the ids of nothing', async () => {
    const other = await givenAssociation(app);
    await new ConnectJourney(app, other).connect('Une autre');
    const form = await givenForm(app, other);
    const gift = await givenGift(app, form);
    await payAtSandbox(gift.checkoutUrl);
    await untilReceipt(gift.statusUrl);
    const receipts = (await call(app, '/v1/receipts', { key: other.keys.reader })).json as {
      data: Array<{ id: string }>;
    };
    const apiKeys = (await call(app, '/v1/api-keys', { key: other.keys.owner })).json as typeof receipts;
    const { paymentId, refundId, disputeId, alertId } = await givenReturns(other, gift);
    await givenGift(app, form, { frequency: 'monthly' });
    const plans = (await call(app, '/v1/plans', { key: other.keys.reader })).json as typeof receipts;
    const ids: Partial<Record<IdKind, string>> = {
      payout: await givenPayout(other),
      form: form.id,
      donation: gift.id,
      receipt: receipts.data[0]!.id,
      apiKey: apiKeys.data[0]!.id,
      payment: paymentId,
      refund: refundId,
      dispute: disputeId,
      alert: alertId,
      plan: plans.data[0]!.id,
    };
    const routes = guardedRoutes().filter(({ path }) => path.includes(':id'));
    expect(routes.length).toBeGreaterThanOrEqual(12);
    for (const route of routes) {
      const kind = idKind(route.path);
      const what = route.path.startsWith('/v1/offline-donations') ? 'offline_donation' : kind;
      const code = `${what === 'apiKey' ? 'api_key' : what}_not_found`;
      expectProblem(await send(route, association.keys.owner, ids[kind]), 404, code);
    }
    const untouched = await call(app, `/v1/forms/${form.id}`, { key: other.keys.reader });
    expect(untouched.json).toMatchObject({ status: 'published' });
  });

  it('an id of another kind, of another case or of no shape is the id of nothing', async () => {
    const { id } = await givenDraft(app, association);
    for (const wrong of [
      id.replace('form', 'don'),
      id.toUpperCase(),
      id.slice(0, -1),
      `${id}0`,
      'form_',
      '1',
    ]) {
      expectProblem(
        await call(app, `/v1/forms/${wrong}`, { key: association.keys.reader }),
        404,
        'form_not_found',
      );
    }
  });

  it('lists hold one’s own only', async () => {
    const [mine, theirs] = [await givenAssociation(app), await givenAssociation(app)];
    const form = await givenForm(app, mine);
    const gift = await givenGift(app, form);
    for (const [path, id] of [
      ['/v1/forms', form.id],
      ['/v1/donations', gift.id],
    ] as const) {
      const own = (await call(app, path, { key: mine.keys.reader })).json as { data: Array<{ id: string }> };
      expect(own.data.map((row) => row.id)).toEqual([id]);
      expect((await call(app, path, { key: theirs.keys.reader })).json).toMatchObject({ data: [] });
    }
  });
});
