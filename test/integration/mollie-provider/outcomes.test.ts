import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Money } from '../../../src/kernel/money.js';
import { MollieProvider } from '../../../src/payments/providers/mollie-provider.js';
import type { CreatePayment, ProviderAnswer } from '../../../src/payments/providers/payment-provider.js';
import type { RunningSandbox } from '../../../src/sandbox/index.js';
import { API_KEY, OTHER_KEY, control, freshSandbox } from '../sandbox/sandbox-bench.js';

const account = { apiKey: API_KEY };
const gift = (more: Partial<CreatePayment> = {}): CreatePayment => ({
  idempotencyKey: randomUUID(),
  paymentId: randomUUID(),
  amount: Money.of(2050),
  applicationFee: null,
  sequence: 'oneoff',
  customerId: null,
  mandateId: null,
  description: 'Don DON-1',
  redirectUrl: 'https://example.org/merci',
  locale: 'fr_FR',
  ...more,
});

function valueOf<T>(answer: ProviderAnswer<T>): T {
  if (answer.outcome !== 'ok') throw new Error(`${answer.outcome}: ${answer.detail}`);
  return answer.value;
}

describe('what Mollie says, and what comes of it', () => {
  let bench: Awaited<ReturnType<typeof freshSandbox>>;
  let sandbox: RunningSandbox;
  let provider: MollieProvider;
  /** Asks once and waits half a second at most. */
  let impatient: MollieProvider;

  beforeAll(async () => {
    bench = await freshSandbox();
    sandbox = bench.sandbox;
    const to = { apiUrl: sandbox.apiUrl, extraCaPem: sandbox.caPem };
    provider = new MollieProvider({ ...to, timeoutMs: 3000 });
    impatient = new MollieProvider({ ...to, timeoutMs: 500, maxAttempts: 1 });
  });
  afterAll(async () => {
    provider.close();
    impatient.close();
    await bench.dispose();
  });
  beforeEach(() => control(sandbox, 'PUT', '/behaviour', {}));
  afterEach(() => control(sandbox, 'POST', '/reset'));

  const behave = (settings: unknown) => control(sandbox, 'PUT', '/behaviour', settings);
  const paymentsMade = async () => (await control<{ total: number }>(sandbox, 'GET', '/payments')).total;

  it('ok: a payment is made with our id, in cents both ways', async () => {
    const input = gift();
    const made = valueOf(await provider.createPayment(account, input));
    expect(made).toMatchObject({
      status: 'open',
      mode: 'test',
      paymentId: input.paymentId,
      method: null,
      isCancelable: true,
      refunds: [],
      chargebacks: [],
    });
    expect(made.amount).toEqual(Money.of(2050));
    expect(made.checkoutUrl).toBe(`${sandbox.checkoutUrl}/checkout/${made.id}`);
    expect(valueOf(await provider.getPayment(account, made.id))).toEqual(made);
  });

  it('ok: refunds and chargebacks come with the payment', async () => {
    const { id } = valueOf(await provider.createPayment(account, gift()));
    await control(sandbox, 'POST', `/payments/${id}/status`, { status: 'paid', method: 'creditcard' });
    await control(sandbox, 'POST', `/payments/${id}/refunds`, { cents: 550, status: 'refunded' });
    const reason = { code: 'MD06', description: 'Disputed' };
    await control(sandbox, 'POST', `/payments/${id}/chargebacks`, { cents: 1500, reason });
    const read = valueOf(await provider.getPayment(account, id));
    expect(read.status).toBe('paid');
    expect(read.paidAt).toBeInstanceOf(Date);
    expect(read.amountRefunded).toEqual(Money.of(550));
    expect(read.amountChargedBack).toEqual(Money.of(1500));
    expect(read.refunds).toMatchObject([{ status: 'refunded', amount: Money.of(550) }]);
    expect(read.chargebacks).toMatchObject([
      { amount: Money.of(1500), reason: 'MD06: Disputed', reversedAt: null },
    ]);
  });

  it('ok: a failure tells its reason, a cancellation its end', async () => {
    const failed = valueOf(await provider.createPayment(account, gift()));
    await control(sandbox, 'POST', `/payments/${failed.id}/status`, {
      status: 'failed',
      method: 'creditcard',
      failureReason: 'insufficient_funds',
    });
    expect(valueOf(await provider.getPayment(account, failed.id))).toMatchObject({
      status: 'failed',
      failureReason: 'insufficient_funds',
      checkoutUrl: null,
    });
    const open = valueOf(await provider.createPayment(account, gift()));
    const key = randomUUID();
    expect(valueOf(await provider.cancelPayment(account, open.id, key)).status).toBe('canceled');
    expect(valueOf(await provider.cancelPayment(account, open.id, key)).status).toBe('canceled');
    expect(await provider.cancelPayment(account, open.id, randomUUID())).toMatchObject({
      outcome: 'refused',
    });
  });

  it('ok: methods for an amount, in the language asked for', async () => {
    const methods = valueOf(await provider.listMethods(account, Money.of(1_000_001), 'fr_FR', 'oneoff'));
    expect(methods).toEqual([
      {
        id: 'banktransfer',
        description: 'Virement bancaire',
        minimum: Money.of(1),
        maximum: Money.of(100_000_000),
      },
    ]);
  });

  it.each([
    ['422 with its field', account, { amount: Money.of(900_000_000) }, 'unprocessable', 'amount'],
    ['422 for an address', account, { redirectUrl: 'nowhere' }, 'unprocessable', 'redirectUrl'],
    ['401', { apiKey: 'test_short' }, {}, 'unauthorized', null],
    ['401 for a live key', { apiKey: `live_${'a'.repeat(30)}` }, {}, 'unauthorized', null],
  ])('refused: %s', async (_what, who, more, code, field) => {
    expect(await provider.createPayment(who, gift(more))).toMatchObject({ outcome: 'refused', code, field });
  });

  it('refused: 404 for the payment of another account, and an id that is none without asking', async () => {
    const { id } = valueOf(await provider.createPayment(account, gift()));
    const other = await provider.getPayment({ apiKey: OTHER_KEY }, id);
    expect(other).toMatchObject({ outcome: 'refused', code: 'not_found' });
    const nonsense = await provider.getPayment(account, 'don_1');
    expect(nonsense).toMatchObject({ outcome: 'refused', code: 'invalid_request' });
  });

  it.each([429, 500, 502, 503])('%i passes: it is asked again with the same key', async (status) => {
    await behave({ failNext: { times: 2, status } });
    expect((await provider.createPayment(account, gift())).outcome).toBe('ok');
    expect(await paymentsMade()).toBe(1);
  });

  it.each([429, 503])('unknown: %i that stays, with the pause that is asked for', async (status) => {
    await behave({ failNext: { times: 9, status, retryAfterSeconds: 120 } });
    const before = Date.now();
    expect(await provider.createPayment(account, gift())).toMatchObject({
      outcome: 'unknown',
      retryAfterMs: 120_000,
    });
    expect(Date.now() - before).toBeLessThan(1000);
  });

  it('a short Retry-After is waited for', async () => {
    await behave({ failNext: { times: 1, status: 429, retryAfterSeconds: 1 } });
    const before = Date.now();
    expect((await provider.createPayment(account, gift())).outcome).toBe('ok');
    expect(Date.now() - before).toBeGreaterThanOrEqual(990);
  });

  it('unknown: no answer, within the time-out and not later', async () => {
    await behave({ hang: 1 });
    const before = Date.now();
    const answer = await impatient.getPayment(account, 'tr_any');
    const took = Date.now() - before;
    expect(answer).toEqual({
      outcome: 'unknown',
      detail: 'No answer from Mollie within 500 ms',
      retryAfterMs: null,
    });
    expect(took).toBeGreaterThanOrEqual(490);
    expect(took).toBeLessThan(900);
  });

  it('the time-out bounds all attempts together', async () => {
    await behave({ failNext: { times: 99, status: 503 }, latencyMs: 150 });
    const patient = new MollieProvider({
      apiUrl: sandbox.apiUrl,
      extraCaPem: sandbox.caPem,
      timeoutMs: 700,
      maxAttempts: 50,
    });
    const before = Date.now();
    expect((await patient.createPayment(account, gift())).outcome).toBe('unknown');
    expect(Date.now() - before).toBeLessThan(1000);
    patient.close();
  });

  it('unknown: a page of HTML', async () => {
    await behave({ answerHtml: 1 });
    const answer = await impatient.createPayment(account, gift());
    expect(answer).toMatchObject({ outcome: 'unknown', detail: 'Mollie answered 502: not JSON' });
  });

  it.each(['dropAfterWork', 'hangAfterWork'])(
    'unknown: %s, and the same key then gives the payment that was made',
    async (fault) => {
      const input = gift();
      await behave({ [fault]: 1 });
      expect((await impatient.createPayment(account, input)).outcome).toBe('unknown');
      expect(await paymentsMade()).toBe(1);
      const made = valueOf(await impatient.createPayment(account, input));
      expect(await paymentsMade()).toBe(1);
      expect(made.paymentId).toBe(input.paymentId);
    },
  );

  it('a dropped connection is tried again by itself, and makes one payment', async () => {
    await behave({ dropAfterWork: 1 });
    expect((await provider.createPayment(account, gift())).outcome).toBe('ok');
    await behave({ dropConnection: 2 });
    expect((await provider.createPayment(account, gift())).outcome).toBe('ok');
    expect(await paymentsMade()).toBe(2);
  });

  it('unknown: nobody there, and a certificate that is not trusted', async () => {
    const nobody = new MollieProvider({ apiUrl: 'https://127.0.0.1:9/v2/', maxAttempts: 1 });
    const refused = await nobody.getPayment(account, 'tr_any');
    expect(refused).toMatchObject({ outcome: 'unknown', detail: expect.stringContaining('ECONNREFUSED') });
    const distrustful = new MollieProvider({ apiUrl: sandbox.apiUrl, maxAttempts: 1 });
    const untrusted = await distrustful.getPayment(account, 'tr_any');
    expect(untrusted).toMatchObject({ outcome: 'unknown', detail: expect.stringContaining('SELF_SIGNED') });
  });

  it('is not called inside a transaction', async () => {
    const guarded = new MollieProvider({
      apiUrl: sandbox.apiUrl,
      assertNoTransaction: () => {
        throw new Error('inside a transaction');
      },
    });
    await expect(guarded.getPayment(account, 'tr_any')).rejects.toThrow('inside a transaction');
  });

  it('plain http is refused when it is built', () => {
    expect(() => new MollieProvider({ apiUrl: 'http://localhost:1/v2/' })).toThrow('https only');
  });
});
