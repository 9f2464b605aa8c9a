import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningSandbox } from '../../../src/sandbox/index.js';
import {
  ALL_SCOPES,
  APP,
  callTokens,
  connect,
  eur,
  merchantClient,
  schemaClient,
  type Connected,
} from './mollie-bench.js';
import { API_KEY, GIFT, callApi, control, freshSandbox } from './sandbox-bench.js';

const RETURN = 'https://obole.example.org/connect/return';

let now = new Date('2026-11-22T10:00:00Z');
let bench: Awaited<ReturnType<typeof freshSandbox>>;
let sandbox: RunningSandbox;
beforeAll(async () => {
  bench = await freshSandbox({ clock: { now: () => now } });
  sandbox = bench.sandbox;
});
afterEach(() => control(sandbox, 'PUT', '/behaviour', {}));
afterAll(() => bench.dispose());

describe('the page where an application is let in', () => {
  const address = (more: Record<string, string> = {}) => {
    const url = new URL(sandbox.authorizeUrl);
    const query = {
      client_id: APP.id,
      redirect_uri: `${RETURN}?keep=1`,
      state: 's 1',
      scope: ALL_SCOPES,
      response_type: 'code',
      ...more,
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  };
  const decide = async (form: Record<string, string>, more: Record<string, string> = {}) => {
    const answer = await fetch(address(more), {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
    const location = answer.headers.get('location');
    return { status: answer.status, target: location === null ? null : new URL(location) };
  };

  it('names the application, where it leads, and what it will be able to do, in French first', async () => {
    const page = await (await fetch(address())).text();
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain(APP.id);
    expect(page).toContain('obole.example.org');
    expect(page).toContain('Paiements\u00a0: lire, créer et modifier');
    expect(page).toContain('Les Amis de la Forêt');
    const english = await (
      await fetch(address({ locale: 'en_GB', scope: 'payments.read new.scope' }))
    ).text();
    expect(english).toContain('Payments: read');
    expect(english).toContain('new.scope');
    expect(english).toContain('Refuse');
  });

  it('consent leads back with a code and the state, which become tokens', async () => {
    const { status, target } = await decide({ decision: 'allow', organization: 'Solidarité du Quartier' });
    expect(status).toBe(303);
    expect(target!.href).toMatch(RETURN);
    expect(Object.fromEntries(target!.searchParams)).toMatchObject({ keep: '1', state: 's 1' });
    const { json } = await callTokens(sandbox, {
      grant_type: 'authorization_code',
      code: target!.searchParams.get('code')!,
      redirect_uri: `${RETURN}?keep=1`,
    });
    expect(json).toEqual({
      access_token: expect.stringMatching(/^access_/),
      refresh_token: expect.stringMatching(/^refresh_/),
      expires_in: 3600,
      token_type: 'bearer',
      scope: ALL_SCOPES,
    });
  });

  it('a refusal leads back too', async () => {
    const { target } = await decide({ decision: 'deny', organization: 'Les Amis de la Forêt' });
    expect(Object.fromEntries(target!.searchParams)).toMatchObject({ error: 'access_denied', state: 's 1' });
  });

  it('an organisation that is not listed is typed; without one, nothing happens', async () => {
    const { target } = await decide({ decision: 'allow', organization: 'other', name: 'Chorale <i>' });
    expect(target!.searchParams.get('code')).toMatch(/^auth_/);
    expect((await decide({ decision: 'allow', organization: 'other', name: ' ' })).status).toBe(422);
  });

  it('a request that cannot be answered by a way back says so on the page', async () => {
    expect((await fetch(address({ client_id: 'obole' }))).status).toBe(400);
    expect((await fetch(address({ redirect_uri: 'javascript:alert(1)' }))).status).toBe(400);
    const { target } = await decide({}, { response_type: 'token' });
    expect(target!.searchParams.get('error')).toBe('unsupported_response_type');
  });

  it('approval_prompt=force ends what was allowed before', async () => {
    const before = await connect(sandbox, 'Fanfare');
    await decide({ decision: 'allow', organization: 'other', name: 'Fanfare' }, { approval_prompt: 'force' });
    expect((await callApi(sandbox, 'GET', 'organizations/me', { key: before.accessToken })).status).toBe(401);
  });
});

describe('tokens', () => {
  const consent = async () =>
    (
      await control<{ code: string }>(sandbox, 'POST', '/consents', {
        clientId: APP.id,
        organization: 'Les Amis de la Forêt',
        scope: ALL_SCOPES,
        redirectUri: RETURN,
      })
    ).code;
  const redeem = (code: string, how = {}) =>
    callTokens(sandbox, { grant_type: 'authorization_code', code, redirect_uri: RETURN }, how);
  const refresh = (refreshToken: string, how = {}) =>
    callTokens(sandbox, { grant_type: 'refresh_token', refresh_token: refreshToken }, how);
  const statusOf = async (accessToken: string) =>
    (await callApi(sandbox, 'GET', 'organizations/me', { key: accessToken })).status;

  it('a code is good once', async () => {
    const code = await consent();
    expect((await redeem(code)).status).toBe(200);
    expect(await redeem(code)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  it('a code is good for half a minute', async () => {
    const code = await consent();
    now = new Date(now.getTime() + 30_000);
    expect(await redeem(code)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  it('a code is good for its application and its way back alone', async () => {
    const code = await consent();
    const { json } = await redeem(code, { clientId: 'app_other', secret: 'x' });
    expect(json.error).toBe('invalid_grant');
    const elsewhere = { grant_type: 'authorization_code', code, redirect_uri: 'https://evil.example' };
    expect((await callTokens(sandbox, elsewhere)).json.error).toBe('redirect_uri_mismatch');
    expect((await redeem(code)).status).toBe(200);
  });

  it('an application’s first secret is its own: another is refused from then on', async () => {
    const { refreshToken } = await connect(sandbox);
    expect(await refresh(refreshToken, { secret: 'guessed' })).toMatchObject({
      status: 401,
      json: { error: 'invalid_client', error_description: expect.any(String) },
    });
    expect((await refresh(refreshToken, { clientId: 'obole' })).status).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  it('a refresh gives a new access token, keeps the refresh token, and is counted', async () => {
    const { refreshToken, accessToken, organizationId } = await connect(sandbox, 'Atelier');
    const { json } = await refresh(refreshToken, { asJson: true });
    expect(json.refresh_token).toBe(refreshToken);
    expect(json.access_token).not.toBe(accessToken);
    expect(await statusOf(json.access_token)).toBe(200);
    const { organizations } = await control<{ organizations: { id: string; refreshes: number }[] }>(
      sandbox,
      'GET',
      '/organizations',
    );
    expect(organizations.find((one) => one.id === organizationId)!.refreshes).toBe(1);
  });

  it('an access token lives an hour, or as long as the control lets it', async () => {
    const connected = await connect(sandbox);
    expect(await statusOf(connected.accessToken)).toBe(200);
    await control(sandbox, 'POST', `/organizations/${connected.organizationId}/expire-tokens`);
    expect(await statusOf(connected.accessToken)).toBe(401);
    const { json } = await refresh(connected.refreshToken);
    now = new Date(now.getTime() + 3_599_000);
    expect(await statusOf(json.access_token)).toBe(200);
    now = new Date(now.getTime() + 1000);
    expect(await statusOf(json.access_token)).toBe(401);
  });

  it('a revoked refresh token takes all access tokens with it', async () => {
    const { refreshToken, accessToken } = await connect(sandbox);
    const { json } = await refresh(refreshToken);
    const revoked = await callTokens(
      sandbox,
      { token_type_hint: 'refresh_token', token: refreshToken },
      { method: 'DELETE' },
    );
    expect(revoked.status).toBe(204);
    expect([await statusOf(accessToken), await statusOf(json.access_token)]).toEqual([401, 401]);
    expect(await refresh(refreshToken)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  it('a revoked access token leaves the others', async () => {
    const { refreshToken, accessToken } = await connect(sandbox);
    const { json } = await refresh(refreshToken);
    const token = { token_type_hint: 'access_token', token: accessToken };
    await callTokens(sandbox, token, { method: 'DELETE' });
    expect([await statusOf(accessToken), await statusOf(json.access_token)]).toEqual([401, 200]);
  });

  it('the merchant can end it from its side', async () => {
    const { refreshToken, accessToken, organizationId } = await connect(sandbox);
    await control(sandbox, 'POST', `/organizations/${organizationId}/revoke`);
    expect(await statusOf(accessToken)).toBe(401);
    expect((await refresh(refreshToken)).json.error).toBe('invalid_grant');
  });

  it('the token endpoint can be made to fail, while the API works', async () => {
    const { refreshToken, accessToken } = await connect(sandbox);
    await control(sandbox, 'PUT', '/behaviour', {
      onlyPath: '/oauth2/',
      failNext: { times: 1, status: 503 },
    });
    expect(await statusOf(accessToken)).toBe(200);
    expect((await refresh(refreshToken)).status).toBe(503);
    await control(sandbox, 'PUT', '/behaviour', { onlyPath: '/oauth2/', dropAfterWork: 1 });
    await expect(refresh(refreshToken)).rejects.toThrow();
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  it.each([
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{}, 'invalid_request'],
    [{ grant_type: 'refresh_token' }, 'invalid_request'],
    [{ grant_type: 'refresh_token', refresh_token: 'refresh_none' }, 'invalid_grant'],
  ])('%j is refused as %s', async (params, error) => {
    expect(await callTokens(sandbox, params as Record<string, string>)).toMatchObject({
      status: 400,
      json: { error },
    });
  });

  it('Mollie’s own schemas read what the token endpoint says', async () => {
    const schema = schemaClient(sandbox, { apiKey: API_KEY });
    const { refreshToken } = await connect(sandbox);
    const given = await schema.oauth.generate(
      { username: APP.id, password: APP.secret },
      { requestBody: { grantType: 'refresh_token', refreshToken } },
    );
    expect(given).toMatchObject({ tokenType: 'bearer', refreshToken });
  });
});

describe('with an access token', () => {
  let forest: Connected;
  let choir: Connected;
  beforeAll(async () => {
    forest = await connect(sandbox);
    choir = await connect(sandbox, 'Ensemble vocal des Deux Rives');
  });

  const pay = async (who: Connected, more: Record<string, unknown> = {}) =>
    callApi(sandbox, 'POST', 'payments', {
      key: who.accessToken,
      body: { ...GIFT, profileId: who.profileIds[0], testmode: true, ...more },
    });
  const read = (who: Connected, path: string) => callApi(sandbox, 'GET', path, { key: who.accessToken });

  it('the organisation, its profiles and its onboarding are told, in Mollie’s shape', async () => {
    const schema = schemaClient(sandbox, { oAuth: choir.accessToken });
    expect(await schema.organizations.getCurrent({})).toMatchObject({
      id: choir.organizationId,
      name: 'Ensemble vocal des Deux Rives',
    });
    const profiles = await schema.profiles.list({});
    expect(profiles.result.embedded.profiles.map((one) => one.id).sort()).toEqual(
      [...choir.profileIds].sort(),
    );
    expect(choir.profileIds).toHaveLength(2);
    expect(await schema.profiles.get({ profileId: choir.profileIds[0]! })).toMatchObject({
      status: 'verified',
    });
    expect(await schema.onboarding.get({})).toMatchObject({ status: 'completed', canReceivePayments: true });
    await control(sandbox, 'POST', `/organizations/${choir.organizationId}/onboarding`, {
      status: 'in-review',
    });
    expect(await schema.onboarding.get({})).toMatchObject({ status: 'in-review', canReceivePayments: false });
  });

  it('Mollie’s client, told profile and mode once, makes and reads payments', async () => {
    const mollie = merchantClient(sandbox, {
      accessToken: forest.accessToken,
      parameterDefaults: { profileId: forest.profileIds[0]!, testmode: true },
    });
    const { locale: _locale, ...gift } = GIFT;
    const made = await mollie.payments.create({
      ...gift,
      applicationFee: { amount: eur('1.00'), description: 'Contribution à la plateforme' },
    });
    expect(made).toMatchObject({ mode: 'test', profileId: forest.profileIds[0] });
    expect(await mollie.payments.get(made.id)).toMatchObject({
      applicationFee: { amount: eur('1.00'), description: 'Contribution à la plateforme' },
    });
    expect((await mollie.payments.page({ limit: 1 })).map((one) => one.id)).toEqual([made.id]);
    await control(sandbox, 'POST', `/payments/${made.id}/status`, { status: 'paid' });
    const refund = await mollie.paymentRefunds.create({
      paymentId: made.id,
      amount: eur('2.00'),
      description: 'Erreur',
      metadata: { refundId: 'r1' } as never,
    });
    expect([...(await mollie.paymentRefunds.page({ paymentId: made.id }))]).toMatchObject([
      { id: refund.id, description: 'Erreur', metadata: { refundId: 'r1' } },
    ]);
    await mollie.paymentRefunds.cancel(refund.id, { paymentId: made.id });
    const open = await mollie.payments.create(gift);
    expect((await mollie.payments.cancel(open.id)).status).toBe('canceled');
    expect((await mollie.methods.list()).length).toBeGreaterThan(0);
  });

  it('live mode is taken too, and marked: no money moves', async () => {
    const made = await pay(forest, { testmode: undefined });
    expect(made.json.mode).toBe('live');
    const schema = schemaClient(sandbox, { oAuth: forest.accessToken });
    expect(await schema.payments.get({ paymentId: made.json.id })).toMatchObject({ mode: 'live' });
  });

  it('the profile must be named, and be one’s own', async () => {
    expect((await pay(forest, { profileId: undefined })).json).toMatchObject({
      status: 422,
      field: 'profileId',
    });
    expect((await pay(forest, { profileId: choir.profileIds[0] })).json).toMatchObject({
      status: 422,
      field: 'profileId',
    });
    expect((await read(forest, 'methods?testmode=true')).json).toMatchObject({ field: 'profileId' });
  });

  it('the other mode and the other profile are told apart from what never was', async () => {
    const { id } = (await pay(choir)).json;
    expect((await read(choir, `payments/${id}`)).json).toMatchObject({
      status: 404,
      detail: expect.stringContaining('the wrong mode is used'),
    });
    expect(
      (await read(choir, `payments/${id}?testmode=true&profileId=${choir.profileIds[1]}`)).json,
    ).toMatchObject({
      status: 404,
      detail: expect.stringContaining('different website profile'),
    });
    expect((await read(forest, `payments/${id}?testmode=true`)).json).toMatchObject({
      status: 404,
      detail: `No payment exists with token ${id}.`,
    });
    expect((await read(choir, `payments/${id}?testmode=true`)).status).toBe(200);
    const ofOther = await read(choir, `payments?testmode=true&profileId=${choir.profileIds[1]}`);
    expect(ofOther.json.count).toBe(0);
  });

  it('pages lead to pages of the same mode', async () => {
    await pay(choir);
    await pay(choir);
    const first = await read(choir, 'payments?testmode=true&limit=1');
    const next = new URL(first.json._links.next.href as string);
    expect((await read(choir, `payments${next.search}`)).json.count).toBe(1);
  });

  it('the customers of one mode are unknown in the other', async () => {
    const mollie = merchantClient(sandbox, {
      accessToken: forest.accessToken,
      parameterDefaults: { testmode: true },
    });
    const { id } = await mollie.customers.create({ name: 'Ada' });
    expect((await read(forest, `customers/${id}`)).json.detail).toContain('the wrong mode is used');
    expect((await mollie.customers.get(id)).mode).toBe('test');
  });

  it.each([
    ['more than is left after 0.35 € and 6 %', '18.46', 422],
    ['as much as is left', '18.45', 201],
    ['nothing', '0.00', 422],
  ])('an application fee of %s', async (_what, value, status) => {
    const applicationFee = { amount: eur(value), description: 'Contribution' };
    expect((await pay(forest, { applicationFee })).status).toBe(status);
  });

  it('an API key takes no application fee, no profile and no testmode', async () => {
    for (const [name, value] of Object.entries({
      applicationFee: { amount: eur('1.00'), description: 'Contribution' },
      profileId: forest.profileIds[0],
      testmode: true,
    })) {
      const { json } = await callApi(sandbox, 'POST', 'payments', { body: { ...GIFT, [name]: value } });
      expect(json).toMatchObject({
        status: 422,
        field: name,
        detail: `Non-existent body parameter "${name}" for this API call.`,
      });
    }
    expect((await callApi(sandbox, 'GET', 'payments?testmode=true')).json).toMatchObject({
      status: 422,
      field: 'testmode',
    });
  });

  it('what was not granted is forbidden, and what keys cannot see too', async () => {
    const reader = await connect(sandbox, 'Lecteurs', 'payments.read');
    expect((await pay(reader)).json).toMatchObject({
      status: 403,
      detail: expect.stringContaining('payments.write'),
    });
    expect((await read(reader, 'payments?testmode=true')).status).toBe(200);
    for (const path of ['organizations/me', 'onboarding/me', 'profiles', 'settlements']) {
      expect((await callApi(sandbox, 'GET', path)).status).toBe(403);
    }
  });

  it('the same idempotency key is the same payment, also after a new access token', async () => {
    const body = { ...GIFT, profileId: forest.profileIds[0], testmode: true };
    const first = await callApi(sandbox, 'POST', 'payments', {
      key: forest.accessToken,
      body,
      idempotencyKey: 'k',
    });
    const { json } = await callTokens(sandbox, {
      grant_type: 'refresh_token',
      refresh_token: forest.refreshToken,
    });
    const again = await callApi(sandbox, 'POST', 'payments', {
      key: json.access_token,
      body,
      idempotencyKey: 'k',
    });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.json.id).toBe(first.json.id);
  });
});
