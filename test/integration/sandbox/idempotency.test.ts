import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningSandbox } from '../../../src/sandbox/index.js';
import { GIFT, OTHER_KEY, callApi, control, freshSandbox, makePayment } from './sandbox-bench.js';

describe('the same idempotency key is the same request', () => {
  let now = new Date('2026-11-22T10:00:00Z');
  let bench: Awaited<ReturnType<typeof freshSandbox>>;
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    bench = await freshSandbox({ clock: { now: () => now } });
    sandbox = bench.sandbox;
  });
  afterAll(() => bench.dispose());

  const create = (idempotencyKey: string, body: unknown = GIFT, key?: string) =>
    callApi(sandbox, 'POST', 'payments', { body, idempotencyKey, ...(key ? { key } : {}) });

  it('asked again, it answers the same, marked as replayed, and makes nothing', async () => {
    const first = await create('a');
    const again = await create('a');
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect((await callApi(sandbox, 'GET', 'payments')).json.count).toBe(1);
  });

  it('with another body, or at another address, it is refused', async () => {
    await create('b');
    expect((await create('b', { ...GIFT, amount: { currency: 'EUR', value: '21.00' } })).json.status).toBe(
      400,
    );
    const id = await makePayment(sandbox);
    expect((await callApi(sandbox, 'DELETE', `payments/${id}`, { idempotencyKey: 'b' })).status).toBe(400);
  });

  it('while the first is being worked on, the second is told so', async () => {
    await control(sandbox, 'PUT', '/behaviour', { latencyMs: 300 });
    const [first, second] = await Promise.all([
      create('c'),
      new Promise((done) => setTimeout(done, 100)).then(() => create('c')),
    ]);
    await control(sandbox, 'PUT', '/behaviour', {});
    expect(first.status).toBe(201);
    expect(second.json).toMatchObject({ status: 409, title: 'Conflict' });
  });

  it('is free again once a hanging call was given up', async () => {
    await control(sandbox, 'PUT', '/behaviour', { dropConnection: 1 });
    await expect(create('d')).rejects.toThrow();
    expect((await create('d')).status).toBe(201);
  });

  it('given up while it waits and asked again, it is worked on once', async () => {
    const before = (await control<{ total: number }>(sandbox, 'GET', '/payments')).total;
    await control(sandbox, 'PUT', '/behaviour', { latencyMs: 400 });
    const impatient = new AbortController();
    const given = callApi(sandbox, 'POST', 'payments', {
      body: GIFT,
      idempotencyKey: 'late',
      signal: impatient.signal,
    });
    setTimeout(() => impatient.abort(), 100);
    await expect(given).rejects.toThrow();
    await new Promise((done) => setTimeout(done, 50));
    expect((await create('late')).status).toBe(201);
    await control(sandbox, 'PUT', '/behaviour', {});
    expect((await control<{ total: number }>(sandbox, 'GET', '/payments')).total).toBe(before + 1);
  });

  it('keys of two accounts do not meet', async () => {
    const one = await create('e');
    const other = await create('e', GIFT, OTHER_KEY);
    expect(other.headers['idempotent-replayed']).toBeUndefined();
    expect(other.json.id).not.toBe(one.json.id);
  });

  it('a refusal is not kept: the corrected request may use the key', async () => {
    expect((await create('f', { ...GIFT, description: undefined })).status).toBe(422);
    expect((await create('f')).status).toBe(201);
  });

  it('a refund asked twice moves money once', async () => {
    const id = await makePayment(sandbox);
    await control(sandbox, 'POST', `/payments/${id}/status`, { status: 'paid' });
    const refund = () =>
      callApi(sandbox, 'POST', `payments/${id}/refunds`, {
        body: { amount: { currency: 'EUR', value: '3.00' } },
        idempotencyKey: 'g',
      });
    expect((await refund()).json.id).toBe((await refund()).json.id);
    expect((await callApi(sandbox, 'GET', `payments/${id}`)).json.amountRefunded.value).toBe('3.00');
  });

  it('is forgotten after an hour', async () => {
    const first = await create('h');
    now = new Date(now.getTime() + 3_600_000);
    const later = await create('h');
    expect(later.headers['idempotent-replayed']).toBeUndefined();
    expect(later.json.id).not.toBe(first.json.id);
  });
});
