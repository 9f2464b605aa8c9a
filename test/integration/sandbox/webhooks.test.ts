import { afterEach, describe, expect, it } from '@jest/globals';
import { callApi, control, freshSandbox, makePayment, merchant, until } from './sandbox-bench.js';

const MINUTE = 60_000;
const SCHEDULE_MINUTES = [0, 1, 3, 7, 15, 31, 60, 120, 240, 1560];

describe('webhooks are sent as Mollie sends them', () => {
  const cleanUp: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  });

  const setUp = async (
    answer?: Parameters<typeof merchant>[0],
    options: Parameters<typeof freshSandbox>[0] = {},
  ) => {
    const shop = await merchant(answer);
    const bench = await freshSandbox(options);
    cleanUp.push(
      () => shop.close(),
      () => bench.dispose(),
    );
    const pay = async (status = 'paid'): Promise<string> => {
      const id = await makePayment(bench.sandbox, { webhookUrl: shop.url });
      await control(bench.sandbox, 'POST', `/payments/${id}/status`, { status, method: 'creditcard' });
      return id;
    };
    const deliver = () =>
      control<{ calls: number; stillOwed: number }>(bench.sandbox, 'POST', '/webhooks/deliver');
    return { ...bench, shop, pay, deliver };
  };

  it('a form with the id, and nothing that could be trusted', async () => {
    const { shop, pay } = await setUp();
    const id = await pay();
    await until('the webhook', () => shop.received.length === 1);
    expect(shop.received[0]).toEqual({
      body: `id=${id}`,
      contentType: 'application/x-www-form-urlencoded',
      userAgent: 'Mollie HTTP client/1.0',
    });
  });

  it.each(['paid', 'authorized', 'failed', 'canceled', 'expired'])('%s is told', async (status) => {
    const { shop, pay, deliver } = await setUp();
    await pay(status);
    await deliver();
    expect(shop.received).toHaveLength(1);
  });

  it('open and pending are not told', async () => {
    const { shop, pay, deliver } = await setUp();
    await pay('pending');
    expect(await deliver()).toEqual({ calls: 0, stillOwed: 0 });
    expect(shop.received).toHaveLength(0);
  });

  it('a refund is told when it moves, a chargeback when it comes, under the id of the payment', async () => {
    const { sandbox, shop, pay, deliver } = await setUp();
    const id = await pay();
    await deliver();
    const { id: refund } = await control<{ id: string }>(sandbox, 'POST', `/payments/${id}/refunds`, {
      cents: 500,
    });
    await deliver();
    expect(shop.received).toHaveLength(1); // pending is not told
    for (const [i, status] of ['processing', 'refunded', 'failed'].entries()) {
      await control(sandbox, 'POST', `/payments/${id}/refunds/${refund}/status`, { status });
      await deliver();
      expect(shop.received).toHaveLength(i + 2);
    }
    const path = `/payments/${id}/chargebacks`;
    const { id: chargeback } = await control<{ id: string }>(sandbox, 'POST', path, {});
    await deliver();
    expect(shop.received.map((one) => one.body)).toEqual(Array(5).fill(`id=${id}`));
    await control(sandbox, 'POST', `${path}/${chargeback}/reverse`);
    await deliver();
    expect(shop.received).toHaveLength(5); // a reversal is not told
  });

  it('a merchant that does not answer 2xx is called ten times, on the published schedule, then no more', async () => {
    let now = new Date('2026-11-22T10:00:00Z');
    const start = now.getTime();
    const { shop, pay, deliver } = await setUp(() => 500, { clock: { now: () => now } });
    await pay();
    for (const [i, minutes] of SCHEDULE_MINUTES.entries()) {
      now = new Date(start + minutes * MINUTE - 1);
      if (i > 0) {
        await deliver();
        expect(shop.received).toHaveLength(i);
      }
      now = new Date(start + minutes * MINUTE);
      await deliver();
      expect(shop.received).toHaveLength(i + 1);
    }
    expect((await deliver()).stillOwed).toBe(0);
  });

  it('301 and 302 lose the body and count as failures, 307 and 308 are followed', async () => {
    const target = await merchant();
    cleanUp.push(() => target.close());
    const answers = [301, 302, 307];
    const { shop, pay, deliver } = await setUp(
      (call) => ({ status: answers[call - 1] ?? 308, location: target.url }),
      {
        webhookRetryDelaysMs: [0, 0, 0],
      },
    );
    const id = await pay();
    await until('three calls', async () => (await deliver()).stillOwed === 0);
    expect(shop.received).toHaveLength(3);
    expect(target.received.map((one) => one.body)).toEqual([`id=${id}`]);
  });

  it('an answer stops the retries', async () => {
    const { shop, pay, deliver } = await setUp((call) => (call < 3 ? 503 : 200), {
      webhookRetryDelaysMs: [0, 0, 0, 0, 0],
    });
    await pay();
    await until('answered', async () => (await deliver()).stillOwed === 0);
    expect(shop.received).toHaveLength(3);
  });

  it('can be lost, doubled, late and out of order', async () => {
    const { sandbox, shop, pay, deliver } = await setUp();
    const behave = (webhooks: unknown) => control(sandbox, 'PUT', '/behaviour', { webhooks });
    await behave({ lose: 1 });
    await pay();
    await deliver();
    expect(shop.received).toHaveLength(0);

    await behave({ double: 1 });
    await pay();
    await deliver();
    expect(shop.received).toHaveLength(2);

    await behave({ delayMs: 500 });
    await pay();
    await deliver();
    expect(shop.received).toHaveLength(2);
    await until('the late one', () => shop.received.length === 3);

    // Held long enough for a busy machine to make both payments meanwhile.
    await behave({ reorder: true, delayMs: 2_000 });
    const first = await pay();
    const second = await pay();
    await until('both', () => shop.received.length === 5);
    expect(shop.received.slice(3).map((one) => one.body)).toEqual([`id=${second}`, `id=${first}`]);
  });

  it('the merchant that asks at once finds the payment as it was told', async () => {
    const { sandbox, shop, pay } = await setUp();
    const id = await pay();
    await until('the webhook', () => shop.received.length === 1);
    expect((await callApi(sandbox, 'GET', `payments/${id}`)).json.status).toBe('paid');
  });

  it('an unpaid payment expires by itself, and that is told', async () => {
    let now = new Date('2026-11-22T10:00:00Z');
    const { sandbox, shop } = await setUp(undefined, { clock: { now: () => now } });
    const id = await makePayment(sandbox, { webhookUrl: shop.url, method: 'creditcard' });
    now = new Date('2026-11-22T10:30:00Z');
    await until('the webhook', () => shop.received.length === 1);
    expect((await callApi(sandbox, 'GET', `payments/${id}`)).json).toMatchObject({
      status: 'expired',
      expiredAt: '2026-11-22T10:30:00+00:00',
    });
  });
});
