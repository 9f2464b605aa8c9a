import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../support/app.js';
import {
  disturbSandbox,
  eventually,
  givenAssociation,
  givenForm,
  giftBody,
  giftDonor,
  payAtSandbox,
  postGift,
  untilPaid,
  type GivenAssociation,
  type GivenForm,
  type MadeGift,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { expectProblem } from '../support/problems.js';

const TIMEOUT_MS = 700;

let app: TestApp;
let association: GivenAssociation;
let form: GivenForm;
beforeAll(async () => {
  app = await startTestApp({ mollieTimeoutMs: TIMEOUT_MS });
});
afterAll(() => app.close());
/** An association of its own for each test: its lists then count what the test made. */
beforeEach(async () => {
  association = await givenAssociation(app);
  form = await givenForm(app, association);
});
afterEach(() => disturbSandbox(app, {}));

const withKey = (key: string, body: unknown = giftBody()) =>
  postGift(app, form, body, { 'idempotency-key': key });

async function gifts(): Promise<Array<{ id: string }>> {
  const { json } = await call(app, '/v1/donations?limit=100', { key: association.keys.reader });
  return (json as { data: Array<{ id: string }> }).data;
}

/** Payments that the provider made for these gifts. */
async function paymentsFor(giftIds: string[]): Promise<number> {
  const { payments } = (await (await fetch(`${app.sandbox.controlUrl}/payments?limit=1000`)).json()) as {
    payments: Array<{ description: string }>;
  };
  return payments.filter(({ description }) => giftIds.some((id) => description.startsWith(id))).length;
}

async function expectOneGiftAndOnePayment(): Promise<void> {
  const made = await gifts();
  expect(made).toHaveLength(1);
  expect(await paymentsFor(made.map(({ id }) => id))).toBe(1);
}

describe('the same Idempotency-Key', () => {
  it('with the same body gets the same answer again, and says so', async () => {
    const key = randomUUID();
    const [first, second] = [await withKey(key), await withKey(key)];
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second.status).toBe(201);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.json).toEqual(first.json);
    await expectOneGiftAndOnePayment();
  });

  it('with another body is refused, and the first gift stays as it was', async () => {
    const key = randomUUID();
    const first = await withKey(key);
    const other = await withKey(key, giftBody({ amount: { cents: 7_000, currency: 'EUR' } }));
    expectProblem(other, 409, 'idempotency_key_reused');
    expect((await withKey(key)).json).toEqual(first.json);
    await expectOneGiftAndOnePayment();
  });

  it('while the first request still runs is refused for now', async () => {
    await disturbSandbox(app, { latencyMs: 400 });
    const key = randomUUID();
    const first = withKey(key);
    const second = await eventually(
      async () => {
        const answer = await withKey(key);
        return answer.status === 409 ? answer : undefined;
      },
      'the second request meets the first',
      300,
    );
    expectProblem(second, 409, 'request_in_progress');
    expect((await first).status).toBe(201);
    expect((await withKey(key)).headers.get('idempotency-replayed')).toBe('true');
    await expectOneGiftAndOnePayment();
  });

  it('twenty times at once makes one gift and one payment', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => withKey(key)));
    const taken = answers.filter(({ status }) => status === 201);
    for (const answer of taken) expect(answer.json).toEqual(taken[0]!.json);
    expect(taken.length).toBeGreaterThan(0);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expectProblem(answer, 409, 'request_in_progress');
    }
    await expectOneGiftAndOnePayment();
  });

  it('at another form is another request', async () => {
    const key = randomUUID();
    await withKey(key);
    form = await givenForm(app, association);
    const answer = await withKey(key);
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect(await gifts()).toHaveLength(2);
  });

  it('after bad input is free for the right one', async () => {
    const key = randomUUID();
    expectProblem(await withKey(key, giftBody({ wantsReceipt: 1 })), 422, 'validation_failed');
    expect((await withKey(key)).status).toBe(201);
  });

  it.each(['', 'a b', 'é', 'x'.repeat(256)])('that is no key is refused: "%s"', async (key) => {
    expectProblem(await withKey(key), 422, 'idempotency_key_malformed');
  });

  it('belongs to the association that sends it', async () => {
    const other = await givenAssociation(app);
    const create = ({ keys }: GivenAssociation, slug: string) =>
      call(app, '/v1/forms', {
        method: 'POST',
        key: keys.treasurer,
        json: { slug, title: 'Hiver' },
        headers: { 'idempotency-key': 'forms-1' },
      });
    const first = await create(association, 'hiver');
    const replayed = await create(association, 'hiver');
    const theirs = await create(other, 'hiver');
    expect([first.status, replayed.status, theirs.status]).toEqual([201, 201, 201]);
    expect(replayed.json).toEqual(first.json);
    expect(theirs.headers.get('idempotency-replayed')).toBeNull();
    expect((theirs.json as { id: string }).id).not.toBe((first.json as { id: string }).id);
  });
});

describe('an Idempotency-Key whose first request', () => {
  async function rewrite(key: string, change: string): Promise<void> {
    const owner = new pg.Client(app.database.ownerUrl);
    await owner.connect();
    try {
      const { rowCount } = await owner.query(`UPDATE idempotency_records SET ${change} WHERE key = $1`, [
        key,
      ]);
      expect(rowCount).toBe(1);
    } finally {
      await owner.end();
    }
  }

  it('was killed is free again after two minutes, and goes on with the same gift', async () => {
    const key = randomUUID();
    const first = await withKey(key);
    await rewrite(key, `status = NULL, body = NULL, created_at = now() - interval '110 seconds'`);
    expectProblem(await withKey(key), 409, 'request_in_progress');
    await rewrite(key, `created_at = now() - interval '130 seconds'`);
    const again = await withKey(key);
    expect(again.status).toBe(201);
    expect(again.json).toEqual(first.json);
    await expectOneGiftAndOnePayment();
  });

  it('was answered more than a day ago still makes no second gift', async () => {
    const key = randomUUID();
    const first = await withKey(key);
    await rewrite(key, `created_at = now() - interval '25 hours'`);
    const again = await withKey(key);
    expect(again.headers.get('idempotency-replayed')).toBeNull();
    expect(again.json).toEqual(first.json);
    await expectOneGiftAndOnePayment();
  });
});

describe('the provider fails, and the gift is not lost', () => {
  /** Up to three tries of ours are inside one call: enough disturbances for all of them. */
  const troubles: Array<[what: string, behaviour: Record<string, unknown>]> = [
    ['is down: 500', { failNext: { times: 3, status: 500 } }],
    ['is down: 503', { failNext: { times: 3, status: 503 } }],
    ['answers a page of HTML', { answerHtml: 3 }],
    ['cuts the line', { dropConnection: 3 }],
    ['is too busy: 429', { failNext: { times: 3, status: 429 } }],
    ['never answers', { hang: 1 }],
    ['takes thirty seconds', { latencyMs: 30_000 }],
    ['made the payment, but its answer was lost on the way', { dropAfterWork: 3 }],
    ['made the payment, but its answer never came', { hangAfterWork: 1 }],
  ];

  it.each(troubles)('%s', async (_what, behaviour) => {
    await disturbSandbox(app, behaviour);
    const key = randomUUID();
    const started = performance.now();
    const failed = await withKey(key);
    expect(performance.now() - started).toBeLessThan(TIMEOUT_MS + 1_500);
    expectProblem(failed, 503, 'payment_provider_unavailable');
    expect(failed.headers.get('retry-after')).toMatch(/^\d+$/);

    await disturbSandbox(app, {});
    const retried = await withKey(key);
    expect(retried.status).toBe(201);
    expect(retried.headers.get('idempotency-replayed')).toBeNull();
    await expectOneGiftAndOnePayment();

    const gift = retried.json as MadeGift;
    await payAtSandbox(gift.checkoutUrl);
    expect(await untilPaid(gift.statusUrl)).toMatchObject({ id: gift.id });
  });

  it('the retry with another amount is not mistaken for the gift that waits', async () => {
    await disturbSandbox(app, { failNext: { times: 3, status: 500 } });
    const key = randomUUID();
    expectProblem(await withKey(key), 503, 'payment_provider_unavailable');
    await disturbSandbox(app, {});
    const other = giftBody({ amount: { cents: 7_000, currency: 'EUR' } });
    expectProblem(await withKey(key, other), 409, 'idempotency_key_reused');
    const somebodyElse = giftBody({ donor: giftDonor({ lastName: 'Durand' }) });
    expectProblem(await withKey(key, somebodyElse), 409, 'idempotency_key_reused');
    expect((await withKey(key)).status).toBe(201);
    await expectOneGiftAndOnePayment();
  });

  it('a payment that the provider refuses for good is a 502, told to the donor and never a 500', async () => {
    await disturbSandbox(app, { failNext: { times: 1, status: 422 } });
    expectProblem(await withKey(randomUUID()), 502, 'payment_refused_by_provider');
    const [gift] = await gifts();
    const shown = await eventually(async () => {
      const { json } = await call(app, `/v1/donations/${gift!.id}`, { key: association.keys.reader });
      return (json as { status: string }).status === 'failed' ? json : undefined;
    }, 'the gift has failed');
    expect(shown).toMatchObject({ paidAt: null });
  });
});
