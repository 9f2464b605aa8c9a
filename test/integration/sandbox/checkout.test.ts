import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningSandbox } from '../../../src/sandbox/index.js';
import { API_KEY, callApi, control, freshSandbox, makePayment } from './sandbox-bench.js';

describe('the checkout page', () => {
  let bench: Awaited<ReturnType<typeof freshSandbox>>;
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    bench = await freshSandbox();
    sandbox = bench.sandbox;
  });
  afterAll(() => bench.dispose());

  const page = async (id: string) => {
    const response = await fetch(`${sandbox.checkoutUrl}/checkout/${id}`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const submit = (id: string, form: Record<string, string>, rest = '') =>
    fetch(`${sandbox.checkoutUrl}/checkout/${id}${rest}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
  const read = async (id: string) =>
    (await callApi(sandbox, 'GET', `payments/${id}?embed=refunds,chargebacks`)).json;

  it('says first that no real money moves, then the amount and what for', async () => {
    const id = await makePayment(sandbox, { description: 'Don <script>alert(1)</script>' });
    const { text, headers } = await page(id);
    const body = text
      .slice(text.indexOf('<body>'))
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    expect(body).toMatch(/^Bac à sable : aucun argent réel ne circule\./);
    expect(body).toContain('20,00');
    expect(text).toContain('Don &lt;script&gt;');
    expect(text).not.toContain('<script');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('speaks English to who does not read French', async () => {
    const { text } = await page(await makePayment(sandbox, { locale: 'en_GB' }));
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('Sandbox: no real money moves.');
  });

  it.each([
    ['paid', 'https://example.org/merci'],
    ['failed', 'https://example.org/merci'],
    ['expired', 'https://example.org/merci'],
    ['pending', 'https://example.org/merci'],
    ['canceled', 'https://example.org/annule'],
  ])('%s leads back to the site', async (outcome, target) => {
    const id = await makePayment(sandbox, { cancelUrl: 'https://example.org/annule' });
    const answer = await submit(id, { method: 'paypal', outcome });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, target]);
    expect(await read(id)).toMatchObject({ status: outcome, method: 'paypal' });
  });

  it('a card fails for the chosen reason, or for that of the magic amount', async () => {
    const chosen = await makePayment(sandbox);
    await submit(chosen, { method: 'creditcard', outcome: 'failed', reason: 'card_expired' });
    expect((await read(chosen)).details.failureReason).toBe('card_expired');
    const magic = await makePayment(sandbox, { amount: { currency: 'EUR', value: '1007.00' } });
    await submit(magic, { method: 'creditcard', outcome: 'failed' });
    expect((await read(magic)).details.failureReason).toBe('insufficient_funds');
  });

  it('a form without decision changes nothing', async () => {
    const id = await makePayment(sandbox, { method: ['creditcard'] });
    expect((await submit(id, { outcome: 'paid' })).status).toBe(422);
    expect((await submit(id, { method: 'creditcard', outcome: 'stolen' })).status).toBe(422);
    expect((await submit(id, { method: 'paypal', outcome: 'paid' })).status).toBe(422);
    expect((await read(id)).status).toBe('open');
  });

  it('clicked twice, pays once and leads back twice', async () => {
    const id = await makePayment(sandbox);
    await submit(id, { method: 'creditcard', outcome: 'paid' });
    const { paidAt } = await read(id);
    const again = await submit(id, { method: 'creditcard', outcome: 'failed' });
    expect(again.headers.get('location')).toBe('https://example.org/merci');
    expect(await read(id)).toMatchObject({ status: 'paid', paidAt });
  });

  it('a finished payment says so, with a way back', async () => {
    const id = await makePayment(sandbox);
    await control(sandbox, 'POST', `/payments/${id}/status`, { status: 'paid' });
    const { text } = await page(id);
    expect(text).toContain('Il est payé.');
    expect(text).toContain('href="https://example.org/merci"');
    expect(text).not.toContain('<form');
  });

  it('a transfer that was awaited can arrive', async () => {
    const id = await makePayment(sandbox);
    await submit(id, { method: 'banktransfer', outcome: 'pending' });
    const life = Date.parse((await read(id)).expiresAt) - Date.now();
    expect(life).toBeGreaterThan(13 * 86_400_000);
    await submit(id, { method: 'banktransfer', outcome: 'paid' });
    expect((await read(id)).status).toBe('paid');
  });

  it('after the payment, its page refunds and charges back', async () => {
    const id = await makePayment(sandbox);
    await submit(id, { method: 'creditcard', outcome: 'paid' });
    expect((await read(id))._links.changePaymentState.href).toBe(
      `${sandbox.checkoutUrl}/checkout/${id}/change-state`,
    );
    await submit(id, { change: 'chargeback' }, '/change-state');
    await submit(id, { change: 'reverse' }, '/change-state');
    await submit(id, { change: 'refund' }, '/change-state');
    const payment = await read(id);
    expect(payment._embedded.refunds[0].status).toBe('refunded');
    expect(payment._embedded.chargebacks[0].reversedAt).toBeTruthy();
    expect(payment.amountRemaining.value).toBe('0.00');
  });

  it('an unknown payment is a page, not an error', async () => {
    const { status, text } = await page('tr_none');
    expect(status).toBe(404);
    expect(text).toContain('Paiement introuvable');
  });
});

describe('the control endpoint', () => {
  let bench: Awaited<ReturnType<typeof freshSandbox>>;
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    bench = await freshSandbox();
    sandbox = bench.sandbox;
  });
  afterAll(() => bench.dispose());

  /** node:http, because fetch does not let a test choose its Host. */
  const statusWith = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      httpRequest(`${sandbox.controlUrl}/books`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it('answers this machine only: not a proxy, not another name', async () => {
    expect(await statusWith({})).toBe(200);
    expect(await statusWith({ host: 'sandbox.example.org' })).toBe(403);
    expect(await statusWith({ 'x-forwarded-for': '203.0.113.9' })).toBe(403);
    expect(await statusWith({ forwarded: 'for=203.0.113.9' })).toBe(403);
  });

  it('refuses what it does not understand, and moves that cannot be', async () => {
    const id = await makePayment(sandbox);
    await expect(control(sandbox, 'PUT', '/behaviour', { latency: 5 })).rejects.toThrow(/400.*invalid_input/);
    await expect(control(sandbox, 'GET', '/payments/tr_none')).rejects.toThrow('404');
    await control(sandbox, 'POST', `/payments/${id}/status`, { status: 'failed' });
    await expect(control(sandbox, 'POST', `/payments/${id}/status`, { status: 'paid' })).rejects.toThrow(
      '409',
    );
  });

  it('keeps books to the cent', async () => {
    await control(sandbox, 'POST', '/reset');
    for (const value of ['0.10', '0.20', '19.99']) {
      const id = await makePayment(sandbox, { amount: { currency: 'EUR', value } });
      await control(sandbox, 'POST', `/payments/${id}/status`, { status: 'paid' });
      if (value === '19.99') {
        await control(sandbox, 'POST', `/payments/${id}/refunds`, { cents: 333, status: 'refunded' });
        await control(sandbox, 'POST', `/payments/${id}/refunds`, { cents: 1 });
        const back = await control<{ id: string }>(sandbox, 'POST', `/payments/${id}/chargebacks`, {
          cents: 7,
        });
        await control(sandbox, 'POST', `/payments/${id}/chargebacks`, { cents: 5 });
        await control(sandbox, 'POST', `/payments/${id}/chargebacks/${back.id}/reverse`);
      }
    }
    await makePayment(sandbox);
    const { books } = await control<{ books: unknown[] }>(sandbox, 'GET', `/books?apiKey=${API_KEY}`);
    const eur = (cents: number) => ({ cents, currency: 'EUR' });
    expect(books[0]).toMatchObject({
      payments: { paid: 3, open: 1 },
      paid: eur(2029),
      refunded: eur(333),
      refundsOnTheWay: eur(1),
      chargedBack: eur(5),
      chargebacksReversed: eur(7),
    });
  });
});
