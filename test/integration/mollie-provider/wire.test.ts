import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Money } from '../../../src/kernel/money.js';
import { MollieAccounts } from '../../../src/payments/providers/mollie-accounts.js';
import { MollieProvider } from '../../../src/payments/providers/mollie-provider.js';
import type { CreatePayment, ProviderAccount } from '../../../src/payments/providers/payment-provider.js';
import { recordingMollie, type RecordingMollie } from './recording-mollie.js';

const AMOUNT = { value: '20.50', currency: 'EUR' };
const CREATED = '2026-11-22T10:00:00+00:00';
const payment = (more: object = {}) => ({
  resource: 'payment',
  id: 'tr_1',
  mode: 'test',
  status: 'open',
  amount: AMOUNT,
  createdAt: CREATED,
  _links: {},
  ...more,
});
const refund = {
  resource: 'refund',
  id: 're_1',
  status: 'pending',
  amount: AMOUNT,
  createdAt: CREATED,
  paymentId: 'tr_1',
  _links: {},
};
const page = (name: string, ...items: object[]) => ({
  count: items.length,
  _embedded: { [name]: items },
  _links: {},
});

const GIFT: CreatePayment = {
  idempotencyKey: 'key-1',
  paymentId: 'our-1',
  amount: Money.of(2050),
  applicationFee: null,
  sequence: 'oneoff',
  customerId: null,
  mandateId: null,
  description: 'x'.repeat(300),
  redirectUrl: 'https://example.org/merci',
  locale: 'fr_FR',
};
const key: ProviderAccount = { apiKey: 'test_keyOfTheWire' };
const token: ProviderAccount = { accessToken: 'access_ofTheWire', profileId: 'pfl_1', testmode: true };

let mollie: RecordingMollie;
let provider: MollieProvider;
let accounts: MollieAccounts;
beforeAll(async () => {
  mollie = await recordingMollie();
  const to = { apiUrl: mollie.apiUrl, extraCaPem: mollie.caPem, maxAttempts: 1, timeoutMs: 3_000 };
  provider = new MollieProvider(to);
  accounts = new MollieAccounts({
    ...to,
    app: { clientId: 'app_1', clientSecret: 'secret' },
    redirectUri: 'https://obole.example/mollie/callback',
  });
});
afterAll(async () => {
  provider.close();
  accounts.close();
  await mollie.close();
});
beforeEach(() => {
  mollie.answers.clear();
  mollie.taken();
});

describe('what goes over the wire', () => {
  /** Each call of the port, with where an access token says its profile and its mode. */
  const CALLS: Array<{
    name: string;
    at: string;
    answer?: unknown;
    ask: (account: ProviderAccount) => Promise<unknown>;
    sent: { method: string; testmode: 'query' | 'body' | 'nowhere'; profile: boolean };
  }> = [
    {
      name: 'createPayment',
      at: '/v2/payments',
      answer: payment(),
      ask: (account) => provider.createPayment(account, GIFT),
      sent: { method: 'POST', testmode: 'body', profile: true },
    },
    {
      name: 'getPayment',
      at: '/v2/payments/tr_1',
      answer: payment(),
      ask: (account) => provider.getPayment(account, 'tr_1'),
      sent: { method: 'GET', testmode: 'query', profile: false },
    },
    {
      name: 'cancelPayment',
      at: '/v2/payments/tr_1',
      answer: payment(),
      ask: (account) => provider.cancelPayment(account, 'tr_1', 'key-2'),
      sent: { method: 'DELETE', testmode: 'body', profile: false },
    },
    {
      name: 'listMethods',
      at: '/v2/methods',
      answer: page('methods'),
      ask: (account) => provider.listMethods(account, Money.of(1000), 'fr_FR', 'first'),
      sent: { method: 'GET', testmode: 'query', profile: true },
    },
    {
      name: 'findPayment',
      at: '/v2/customers/cst_1/payments',
      answer: page('payments'),
      ask: (account) => provider.findPayment(account, 'cst_1', 'our-1'),
      sent: { method: 'GET', testmode: 'query', profile: true },
    },
    {
      name: 'createRefund',
      at: '/v2/payments/tr_1/refunds',
      answer: refund,
      ask: (account) =>
        provider.createRefund(account, {
          providerPaymentId: 'tr_1',
          refundId: 'our-r',
          amount: Money.of(550),
          description: 'd',
        }),
      sent: { method: 'POST', testmode: 'body', profile: false },
    },
    {
      name: 'cancelRefund',
      at: '/v2/payments/tr_1/refunds/re_1',
      ask: (account) => provider.cancelRefund(account, 'tr_1', 're_1'),
      sent: { method: 'DELETE', testmode: 'body', profile: false },
    },
    {
      name: 'createCustomer',
      at: '/v2/customers',
      answer: { resource: 'customer', id: 'cst_1', _links: {} },
      ask: (account) =>
        provider.createCustomer(account, { idempotencyKey: 'key-3', reference: 'our-c', locale: 'fr_FR' }),
      sent: { method: 'POST', testmode: 'body', profile: false },
    },
    {
      name: 'getMandate',
      at: '/v2/customers/cst_1/mandates/mdt_1',
      answer: { resource: 'mandate', id: 'mdt_1', status: 'valid', method: 'creditcard', _links: {} },
      ask: (account) => provider.getMandate(account, 'cst_1', 'mdt_1'),
      sent: { method: 'GET', testmode: 'query', profile: false },
    },
    {
      name: 'revokeMandate',
      at: '/v2/customers/cst_1/mandates/mdt_1',
      ask: (account) => provider.revokeMandate(account, 'cst_1', 'mdt_1'),
      sent: { method: 'DELETE', testmode: 'body', profile: false },
    },
    {
      name: 'listSettlements',
      at: '/v2/settlements',
      answer: page('settlements'),
      ask: (account) => provider.listSettlements(account, () => false),
      sent: { method: 'GET', testmode: 'nowhere', profile: false },
    },
  ];

  it.each(CALLS)('$name with an access token says profile and mode where Mollie wants them', async (one) => {
    mollie.answers.set(one.at, one.answer);
    expect(await one.ask(token)).toMatchObject({ outcome: 'ok' });
    const [sent, ...rest] = mollie.taken();
    expect(rest).toEqual([]);
    expect([sent!.method, sent!.path]).toEqual([one.sent.method, one.at]);
    expect(sent!.headers.authorization).toBe('Bearer access_ofTheWire');
    const where = { query: sent!.query, body: (sent!.body ?? {}) as object };
    const modes = Object.entries(where).filter(([, part]) => 'testmode' in part);
    expect(modes.map(([name]) => name)).toEqual(one.sent.testmode === 'nowhere' ? [] : [one.sent.testmode]);
    for (const [, part] of modes) expect(String((part as { testmode: unknown }).testmode)).toBe('true');
    const profiles = Object.values(where).filter((part) => 'profileId' in part);
    expect(profiles).toHaveLength(one.sent.profile ? 1 : 0);
    if (one.sent.profile) expect(profiles[0]).toMatchObject({ profileId: 'pfl_1' });
  });

  it.each(CALLS)('$name with an API key says neither: the key says both', async (one) => {
    mollie.answers.set(one.at, one.answer);
    expect(await one.ask(key)).toMatchObject({ outcome: 'ok' });
    const [sent] = mollie.taken();
    expect(JSON.stringify([sent!.query, sent!.body ?? {}])).not.toMatch(/testmode|profileId/);
    expect(sent!.headers.authorization).toBe('Bearer test_keyOfTheWire');
  });

  it('live mode is said too, never left out', async () => {
    mollie.answers.set('/v2/payments', payment({ mode: 'live' }));
    await provider.createPayment({ ...token, testmode: false } as ProviderAccount, GIFT);
    expect(mollie.taken()[0]!.body).toMatchObject({ testmode: false, profileId: 'pfl_1' });
  });

  it.each([
    ['createPayment', 'POST', 'key-1', () => provider.createPayment(key, GIFT), '/v2/payments', payment()],
    [
      'cancelPayment',
      'DELETE',
      'key-2',
      () => provider.cancelPayment(key, 'tr_1', 'key-2'),
      '/v2/payments/tr_1',
      payment(),
    ],
    [
      'createRefund',
      'POST',
      'our-r',
      () =>
        provider.createRefund(key, {
          providerPaymentId: 'tr_1',
          refundId: 'our-r',
          amount: Money.of(550),
          description: 'd',
        }),
      '/v2/payments/tr_1/refunds',
      refund,
    ],
    [
      'createCustomer',
      'POST',
      'key-3',
      () => provider.createCustomer(key, { idempotencyKey: 'key-3', reference: 'our-c', locale: 'fr_FR' }),
      '/v2/customers',
      { resource: 'customer', id: 'cst_1', _links: {} },
    ],
  ] as const)(
    '%s carries our idempotency key in its header, not in its body',
    async (_name, method, idem, ask, at, answer) => {
      mollie.answers.set(at, answer);
      await ask();
      const [sent] = mollie.taken();
      expect([sent!.method, sent!.headers['idempotency-key']]).toEqual([method, idem]);
      expect(JSON.stringify(sent!.body ?? {})).not.toContain('idempotencyKey');
    },
  );

  it('a payment is what the gift says, its description cut to what Mollie takes', async () => {
    mollie.answers.set('/v2/payments', payment());
    await provider.createPayment(token, {
      ...GIFT,
      applicationFee: Money.of(50),
      sequence: 'first',
      customerId: 'cst_1',
      webhookUrl: 'https://obole.example/webhooks/mollie/t',
    });
    expect(mollie.taken()[0]!.body).toEqual({
      amount: AMOUNT,
      description: 'x'.repeat(255),
      redirectUrl: 'https://example.org/merci',
      webhookUrl: 'https://obole.example/webhooks/mollie/t',
      locale: 'fr_FR',
      sequenceType: 'first',
      customerId: 'cst_1',
      applicationFee: {
        amount: { value: '0.50', currency: 'EUR' },
        description: 'Contribution à la plateforme',
      },
      metadata: { paymentId: 'our-1' },
      profileId: 'pfl_1',
      testmode: true,
    });
  });

  it('a recurring payment names its mandate, and no way back: nobody is there', async () => {
    mollie.answers.set('/v2/payments', payment());
    await provider.createPayment(key, {
      ...GIFT,
      sequence: 'recurring',
      customerId: 'cst_1',
      mandateId: 'mdt_1',
      redirectUrl: null,
    });
    const body = mollie.taken()[0]!.body as object;
    expect(body).toMatchObject({ sequenceType: 'recurring', customerId: 'cst_1', mandateId: 'mdt_1' });
    expect(body).not.toHaveProperty('redirectUrl');
    expect(body).not.toHaveProperty('applicationFee');
  });

  it('a customer is told nothing about the donor', async () => {
    mollie.answers.set('/v2/customers', { resource: 'customer', id: 'cst_1', _links: {} });
    await provider.createCustomer(key, { idempotencyKey: 'k', reference: 'our-c', locale: 'en_GB' });
    expect(mollie.taken()[0]!.body).toEqual({ metadata: { reference: 'our-c' }, locale: 'en_GB' });
  });
});

describe('lists of several pages', () => {
  /** Newest first, ten a page whatever is asked for. */
  function serve(name: string, at: string, items: Array<{ id: string }>): void {
    mollie.answers.set(at, ({ from }: { from?: string }) => {
      const start = from === undefined ? 0 : items.findIndex(({ id }) => id === from);
      const next = items[start + 10];
      const href = `${mollie.apiUrl}${at.slice('/v2/'.length)}?from=${next?.id}&testmode=true`;
      return {
        ...page(name, ...items.slice(start, start + 10)),
        _links: next ? { next: { href, type: 'application/hal+json' } } : {},
      };
    });
  }

  const payments = Array.from({ length: 35 }, (_, i) => ({
    ...payment({ metadata: { paymentId: `our-${i}` } }),
    id: `tr_${i}`,
  }));

  it('our payment is found on a later page, and no page behind it is read', async () => {
    serve('payments', '/v2/customers/cst_1/payments', payments);
    const found = await provider.findPayment(token, 'cst_1', 'our-17');
    expect(found).toMatchObject({ outcome: 'ok', value: { id: 'tr_17' } });
    expect(mollie.taken()).toHaveLength(2);
  });

  it('a payment that was never made is not found, after the last page', async () => {
    serve('payments', '/v2/customers/cst_1/payments', payments);
    expect(await provider.findPayment(token, 'cst_1', 'our-99')).toEqual({ outcome: 'ok', value: null });
    expect(mollie.taken()).toHaveLength(4);
  });

  it('settlements are read until one is known', async () => {
    const settlements = Array.from({ length: 25 }, (_, i) => ({
      resource: 'settlement',
      id: `stl_${i}`,
      reference: `1234567.2611.${i}`,
      status: 'paidout',
      amount: AMOUNT,
      createdAt: CREATED,
      settledAt: CREATED,
      periods: { 2026: { 11: { costs: [{ amountGross: { value: '1.25', currency: 'EUR' } }] } } },
      _links: {},
    }));
    serve('settlements', '/v2/settlements', settlements);
    const found = await provider.listSettlements(token, (id) => id === 'stl_12');
    expect(found).toMatchObject({ outcome: 'ok' });
    const { value } = found as { value: Array<{ id: string; costs: Money }> };
    expect(value.map(({ id }) => id)).toEqual(settlements.slice(0, 12).map(({ id }) => id));
    expect(value[0]!.costs).toEqual(Money.of(125));
    expect(mollie.taken()).toHaveLength(2);
  });

  it('a next page on another host is not asked: the key stays here', async () => {
    mollie.answers.set('/v2/settlements', {
      ...page('settlements'),
      _links: {
        next: { href: 'https://evil.example/v2/settlements?from=stl_1', type: 'application/hal+json' },
      },
    });
    const answer = await provider.listSettlements(token, () => false);
    expect(answer.outcome === 'ok' || answer.outcome === 'unknown').toBe(true);
    expect(mollie.taken().every(({ path }) => path === '/v2/settlements')).toBe(true);
  });
});

describe('consents', () => {
  const TOKENS = {
    access_token: 'access_1',
    refresh_token: 'refresh_1',
    expires_in: 3600,
    scope: 'a.read b.write',
  };
  const basic = `Basic ${Buffer.from('app_1:secret').toString('base64')}`;

  it('a code is exchanged beside the API, as a form, with the app’s id and secret', async () => {
    mollie.answers.set('/oauth2/tokens', TOKENS);
    expect(await accounts.exchangeCode('auth_1')).toEqual({
      outcome: 'ok',
      value: {
        accessToken: 'access_1',
        refreshToken: 'refresh_1',
        expiresInMs: 3_600_000,
        scopes: ['a.read', 'b.write'],
      },
    });
    const [sent] = mollie.taken();
    expect(sent).toMatchObject({ method: 'POST', path: '/oauth2/tokens' });
    expect(sent!.headers).toMatchObject({
      authorization: basic,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(Object.fromEntries(new URLSearchParams(sent!.body as string))).toEqual({
      grant_type: 'authorization_code',
      code: 'auth_1',
      redirect_uri: 'https://obole.example/mollie/callback',
    });
  });

  it('a refresh names its token and the same way back, an end only the token', async () => {
    mollie.answers.set('/oauth2/tokens', TOKENS);
    await accounts.refresh('refresh_0');
    mollie.answers.clear();
    expect(await accounts.revoke('refresh_0')).toEqual({ outcome: 'ok', value: true });
    const bodies = mollie.taken().map(({ method, body }) => ({
      method,
      ...Object.fromEntries(new URLSearchParams(body as string)),
    }));
    expect(bodies).toEqual([
      {
        method: 'POST',
        grant_type: 'refresh_token',
        refresh_token: 'refresh_0',
        redirect_uri: 'https://obole.example/mollie/callback',
      },
      { method: 'DELETE', token_type_hint: 'refresh_token', token: 'refresh_0' },
    ]);
  });

  it('tokens without what we need are unknown, and no value of theirs is told', async () => {
    mollie.answers.set('/oauth2/tokens', { ...TOKENS, refresh_token: 7, access_token: 'access_hunter2' });
    const answer = await accounts.refresh('refresh_hunter2');
    expect(answer.outcome).toBe('unknown');
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  it('an organisation is asked for without profile or mode', async () => {
    mollie.answers.set('/v2/organizations/me', {
      resource: 'organization',
      id: 'org_1',
      name: 'Les Lilas',
      _links: {},
    });
    mollie.answers.set(
      '/v2/profiles',
      page('profiles', { resource: 'profile', id: 'pfl_1', name: 'Site', _links: {} }),
    );
    mollie.answers.set('/v2/onboarding/me', {
      resource: 'onboarding',
      status: 'in-review',
      canReceivePayments: true,
      canReceiveSettlements: false,
      _links: { dashboard: { href: 'https://my.mollie.com/dashboard', type: 'text/html' } },
    });
    expect(await accounts.organization('access_1')).toMatchObject({
      value: { id: 'org_1', name: 'Les Lilas' },
    });
    expect(await accounts.profiles('access_1')).toMatchObject({ value: [{ id: 'pfl_1', name: 'Site' }] });
    expect(await accounts.onboarding('access_1')).toMatchObject({
      value: {
        status: 'in-review',
        canReceivePayments: true,
        canReceiveSettlements: false,
        dashboardUrl: 'https://my.mollie.com/dashboard',
      },
    });
    for (const { query } of mollie.taken()) expect(query).not.toHaveProperty('testmode');
  });
});
