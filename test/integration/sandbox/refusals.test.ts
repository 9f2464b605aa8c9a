import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningSandbox } from '../../../src/sandbox/index.js';
import { API_KEY, GIFT, OTHER_KEY, callApi, control, freshSandbox, makePayment } from './sandbox-bench.js';

describe('the sandbox refuses what Mollie refuses', () => {
  let bench: Awaited<ReturnType<typeof freshSandbox>>;
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    bench = await freshSandbox();
    sandbox = bench.sandbox;
  });
  afterAll(() => bench.dispose());

  const eur = (value: unknown) => ({ currency: 'EUR', value });
  it.each([
    ['an amount without decimals', { amount: eur('20') }, 'amount'],
    ['an amount with one decimal', { amount: eur('20.5') }, 'amount'],
    ['an amount that is a number', { amount: eur(20) }, 'amount'],
    ['no amount', { amount: undefined }, 'amount'],
    ['nothing', { amount: eur('0.00') }, 'amount'],
    ['a negative amount', { amount: eur('-5.00') }, 'amount'],
    ['more than any method takes', { amount: eur('9000000.00') }, 'amount'],
    ['more than the chosen method takes', { amount: eur('10000.01'), method: 'creditcard' }, 'amount'],
    ['another currency', { amount: { currency: 'USD', value: '20.00' } }, 'amount'],
    ['no description', { description: undefined }, 'description'],
    ['no redirectUrl', { redirectUrl: undefined }, 'redirectUrl'],
    ['a redirectUrl that is none', { redirectUrl: 'merci' }, 'redirectUrl'],
    ['a redirectUrl that runs code', { redirectUrl: 'javascript:alert(1)' }, 'redirectUrl'],
    ['a webhookUrl that is none', { webhookUrl: 'hook' }, 'webhookUrl'],
    ['an unknown method', { method: 'cheque' }, 'method'],
    ['a method that is not switched on', { method: 'ideal' }, 'method'],
    ['a language without country', { locale: 'fr' }, 'locale'],
    ['too much metadata', { metadata: { text: 'x'.repeat(1100) } }, 'metadata'],
    ['an unknown sequence', { sequenceType: 'weekly' }, 'sequenceType'],
    ['a first payment of nobody', { sequenceType: 'first' }, 'customerId'],
    ['a charge of nobody', { sequenceType: 'recurring' }, 'customerId'],
    ['a customer who is none', { customerId: 'cst_none' }, 'customerId'],
  ])('%s', async (_what, change, field) => {
    const reply = await callApi(sandbox, 'POST', 'payments', { body: { ...GIFT, ...change } });
    expect(reply.status).toBe(422);
    expect(reply.json).toMatchObject({ status: 422, title: 'Unprocessable Entity', field });
    expect(reply.headers['content-type']).toContain('application/hal+json');
  });

  it('a description that is too long is cut, not refused', async () => {
    const reply = await callApi(sandbox, 'POST', 'payments', {
      body: { ...GIFT, description: 'x'.repeat(300) },
    });
    expect(reply.json.description).toHaveLength(255);
  });

  it('a localhost webhook is taken, which Mollie would refuse', async () => {
    const reply = await callApi(sandbox, 'POST', 'payments', {
      body: { ...GIFT, webhookUrl: 'http://localhost:1/x' },
    });
    expect(reply.status).toBe(201);
  });

  it.each([
    ['no key', null],
    ['a short key', 'test_short'],
    ['a live key', 'live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ])('%s is not let in', async (_what, key) => {
    const reply = await callApi(sandbox, 'GET', 'payments', { key });
    expect(reply.json).toMatchObject({ status: 401, title: 'Unauthorized' });
    expect(reply.status).toBe(401);
  });

  it('the payment of another key does not exist', async () => {
    const id = await makePayment(sandbox);
    expect((await callApi(sandbox, 'GET', `payments/${id}`, { key: OTHER_KEY })).status).toBe(404);
    expect((await callApi(sandbox, 'DELETE', `payments/${id}`, { key: OTHER_KEY })).status).toBe(404);
    expect((await callApi(sandbox, 'GET', 'payments', { key: OTHER_KEY })).json.count).toBe(0);
  });

  it('JSON that is none, and an address that is none', async () => {
    expect((await callApi(sandbox, 'POST', 'payments', { rawBody: '{' })).json).toMatchObject({
      status: 400,
    });
    expect((await callApi(sandbox, 'GET', 'nothing')).json).toMatchObject({ status: 404 });
    const id = await makePayment(sandbox);
    expect((await callApi(sandbox, 'GET', `payments/${id}?embed=captures`)).status).toBe(400);
    expect((await callApi(sandbox, 'GET', 'payments?limit=251')).status).toBe(400);
    expect((await callApi(sandbox, 'GET', 'payments?from=tr_none')).status).toBe(400);
  });

  it('a paid payment cannot be canceled, an unpaid one not refunded', async () => {
    const id = await makePayment(sandbox);
    const body = { amount: eur('1.00') };
    expect((await callApi(sandbox, 'POST', `payments/${id}/refunds`, { body })).status).toBe(422);
    await control(sandbox, 'POST', `/payments/${id}/status`, { status: 'paid' });
    expect((await callApi(sandbox, 'DELETE', `payments/${id}`)).status).toBe(422);
  });

  it('a refund is not more than what is left, and the same one twice within the hour is a double click', async () => {
    const id = await makePayment(sandbox);
    await control(sandbox, 'POST', `/payments/${id}/status`, { status: 'paid' });
    const ask = (value: string) =>
      callApi(sandbox, 'POST', `payments/${id}/refunds`, { body: { amount: eur(value) } });
    expect((await ask('20.01')).json).toMatchObject({ status: 422, field: 'amount' });
    expect((await ask('12.00')).status).toBe(201);
    expect((await ask('12.00')).json).toMatchObject({ status: 409, title: 'Conflict' });
    expect((await ask('8.01')).status).toBe(422);
    expect((await ask('8.00')).status).toBe(201);
    const payment = await callApi(sandbox, 'GET', `payments/${id}?embed=refunds,chargebacks`, {
      key: API_KEY,
    });
    expect(payment.json).toMatchObject({ amountRefunded: eur('20.00'), amountRemaining: eur('0.00') });
    expect(payment.json._embedded.refunds).toHaveLength(2);
  });
});
