import { describe, expect, it } from '@jest/globals';
import { createMollieClient } from '@mollie/api-client';
import { MollieClients, openSeam } from './mollie-clients.js';
import type { MollieTransport, TransportRequest } from './mollie-transport.js';

const PAYMENT = { resource: 'payment', id: 'tr_1', _links: {} };

/** A transport that remembers. */
function recorder(): { calls: [string, string, TransportRequest | undefined][]; transport: MollieTransport } {
  const calls: [string, string, TransportRequest | undefined][] = [];
  const send = async (key: string, path: string, request?: TransportRequest): Promise<unknown> => {
    calls.push([key, path, request]);
    return path.startsWith('methods') ? { _embedded: { methods: [] } } : PAYMENT;
  };
  return { calls, transport: { send } as MollieTransport };
}

describe('the way of Mollie’s client to the network is ours', () => {
  it('every endpoint that we use goes through our transport, with its key and idempotency key', async () => {
    const { calls, transport } = recorder();
    const client = new MollieClients(transport).of({ apiKey: 'test_aaaaaaaaaa' });
    const amount = { value: '10.00', currency: 'EUR' };
    await client.payments.create({
      amount,
      description: 'x',
      redirectUrl: 'https://a.b',
      idempotencyKey: 'k1',
    });
    await client.payments.get('tr_1');
    await client.payments.cancel('tr_1', { idempotencyKey: 'k2' });
    await client.methods.list({ amount });
    expect(calls.map(([key, path, request]) => [key, request?.method ?? 'GET', path.split('?')[0]])).toEqual([
      ['Bearer test_aaaaaaaaaa', 'POST', 'payments'],
      ['Bearer test_aaaaaaaaaa', 'GET', 'payments/tr_1'],
      ['Bearer test_aaaaaaaaaa', 'DELETE', 'payments/tr_1'],
      ['Bearer test_aaaaaaaaaa', 'GET', 'methods'],
    ]);
    expect(calls[0]![2]?.headers).toEqual({ 'Idempotency-Key': 'k1' });
    expect(calls[2]![2]?.headers).toEqual({ 'Idempotency-Key': 'k2' });
    expect(JSON.parse(calls[0]![2]!.body!)).toEqual({ amount, description: 'x', redirectUrl: 'https://a.b' });
  });

  it('a client whose seam has moved is refused, never used without limits', () => {
    const send = async (): Promise<unknown> => PAYMENT;
    expect(() => openSeam({ payments: {} }, send)).toThrow('mollie-clients.ts');
    expect(() => openSeam({ payments: { networkClient: { networkClient: {} } } }, send)).toThrow(
      'another way',
    );
    expect(() => openSeam(createMollieClient({ apiKey: 'test_aaaaaaaaaa' }), send)).not.toThrow();
  });

  it('keys share no client, and old ones are forgotten', () => {
    const clients = new MollieClients(recorder().transport);
    const first = clients.of({ apiKey: 'test_first00000' });
    expect(clients.of({ apiKey: 'test_first00000' })).toBe(first);
    for (let i = 0; i < 300; i++) clients.of({ apiKey: `test_key${i}` });
    expect(clients.size).toBe(200);
    expect(clients.of({ apiKey: 'test_first00000' })).not.toBe(first);
  });
});
