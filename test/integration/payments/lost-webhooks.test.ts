import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SweepPaymentsHandler } from '../../../src/payments/sweep-payments.handler.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  disturbSandbox,
  eventually,
  giftBody,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  postGift,
  readStatus,
  untilPaid,
  type GivenForm,
  type MadeGift,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { SandboxControl } from '../../support/sandbox-control.js';

let app: TestApp;
let books: Books;
let form: GivenForm;

beforeAll(async () => {
  app = await startTestApp({ mollieTimeoutMs: 2_000 });
  books = new Books(app);
  form = await givenForm(app, await givenAssociation(app));
});
afterEach(() => disturbSandbox(app, {}));
afterAll(async () => {
  await books.close();
  await app.close();
});

async function paidWithoutWord(): Promise<MadeGift> {
  const gift = await givenGift(app, form);
  await disturbSandbox(app, { webhooks: { lose: 1 } });
  await payAtSandbox(gift.checkoutUrl);
  return gift;
}

const quiet = () => eventually(async () => (await books.jobs()).length === 0, 'no job is left');
const paymentOf = async (gift: MadeGift) => (await books.payments(gift.id))[0]!;

/** Its next look is due, as the rest of its row ages too. */
const due = async (gift: MadeGift, created = '11 minutes') =>
  books.rows(
    `UPDATE payments SET created_at = now() - $2::interval, next_sync_at = now() - interval '1 second' WHERE id = $1`,
    [(await paymentOf(gift)).id, created],
  );
const minutesToNextLook = async (gift: MadeGift) =>
  (
    await books.rows<{ minutes: number | null }>(
      `SELECT round(extract(epoch FROM next_sync_at - now()) / 60)::int AS minutes FROM payments WHERE id = $1`,
      [(await paymentOf(gift)).id],
    )
  )[0]!.minutes;
const staged = () => books.count(`outbox WHERE job = 'payments.sync'`);

async function sweep(): Promise<void> {
  await app.get(SweepPaymentsHandler).run();
}

describe('a lost webhook', () => {
  it('the return page asks the provider itself', async () => {
    const gift = await paidWithoutWord();
    expect((await readStatus(gift.statusUrl)).status).toBe('pending');
    const page = await call(app, `/don/${gift.statusUrl.split('/').at(-1)}`);
    expect(page.text).toContain('Merci');
    expect((await readStatus(gift.statusUrl)).status).toBe('paid');
  });

  it('the return page shows what we know when the provider is silent', async () => {
    const gift = await paidWithoutWord();
    await disturbSandbox(app, { only: 'GET', hang: 5 });
    const page = await call(app, `/don/${gift.statusUrl.split('/').at(-1)}`);
    expect(page.status).toBe(200);
    expect((await readStatus(gift.statusUrl)).status).toBe('pending');
  });

  it('the sweep asks about what nobody came back for', async () => {
    const gift = await paidWithoutWord();
    await due(gift);
    await sweep();
    await untilPaid(gift.statusUrl);
    expect(await minutesToNextLook(gift)).toBe(24 * 60);
  });

  it('each look says when the next is: at first soon, then when a tenth of a payment’s age has passed', async () => {
    const gift = await givenGift(app, form);
    expect(await minutesToNextLook(gift)).toBe(5);
    await sweep();
    expect(await staged()).toBe(0);
    await due(gift, '10 hours');
    await sweep();
    await eventually(async () => (await minutesToNextLook(gift)) === 60, 'the look is over');
  });

  it('two sweeps at once, or a second one while the provider is silent, ask once', async () => {
    const gift = await givenGift(app, form);
    await disturbSandbox(app, { only: 'GET', hang: 3 });
    await due(gift);
    await Promise.all([sweep(), sweep()]);
    expect(await staged()).toBe(1);
    await sweep();
    expect(await staged()).toBe(1);
    await disturbSandbox(app, {});
    await quiet();
  });

  it('of a refund or a chargeback: the sweep finds those too, long after the payment', async () => {
    const gift = await paidWithoutWord();
    await due(gift);
    await sweep();
    await untilPaid(gift.statusUrl);
    const { providerId, id } = (await paymentOf(gift)) as { providerId: string; id: string };
    const sandbox = new SandboxControl(app);
    await disturbSandbox(app, { webhooks: { lose: 10 } });
    await sandbox.refund(providerId, { cents: 1_000, status: 'pending' });
    const chargeback = await sandbox.chargeBack(providerId, { cents: 500 });
    await due(gift, '4 days');
    await sweep();
    await quiet();
    expect(await minutesToNextLook(gift)).toBe(24 * 60);
    expect(await books.count(`payment_refunds WHERE payment_id = $1 AND state = 'sent'`, [id])).toBe(1);
    expect(await books.count(`payment_disputes WHERE payment_id = $1 AND state = 'opened'`, [id])).toBe(1);
    await sandbox.reverse(providerId, chargeback);
    await due(gift, '5 days');
    await sweep();
    await quiet();
    expect(await books.count(`payment_disputes WHERE payment_id = $1 AND state = 'won'`, [id])).toBe(1);
  });
});

describe('an attempt that never reached the donor', () => {
  /** The provider made the payment, its answer never came, and the donor went away. */
  async function unborn(key: string): Promise<{ id: string; reference: string; token: string }> {
    await disturbSandbox(app, { only: 'POST', hangAfterWork: 3 });
    const answer = await postGift(app, form, giftBody(), { 'idempotency-key': key });
    expect(answer.status).toBe(503);
    await disturbSandbox(app, {});
    const [row] = await books.rows<{ id: string; reference: string; token: string }>(
      `SELECT id, reference, token FROM payments WHERE state = 'created' ORDER BY id DESC LIMIT 1`,
    );
    return row!;
  }
  const again = async (key: string) =>
    (await postGift(app, form, giftBody(), { 'idempotency-key': key })) as unknown as {
      status: number;
      json: MadeGift & { checkoutUrl: string | null };
    };
  const stateOf = async (id: string) =>
    (await books.rows<{ state: string }>('SELECT state FROM payments WHERE id = $1', [id]))[0]!.state;
  const grow = (id: string, age: string) =>
    books.rows(`UPDATE payments SET created_at = now() - $2::interval WHERE id = $1`, [id, age]);

  it('the same request takes it up again: one payment at the provider', async () => {
    const { id } = await unborn('again-1');
    const { status, json } = await again('again-1');
    expect(status).toBe(201);
    const made = (await new SandboxControl(app).payments()).filter(({ metadata }) =>
      JSON.stringify(metadata).includes(id),
    );
    expect(made).toHaveLength(1);
    await payAtSandbox(json.checkoutUrl!);
    await untilPaid(json.statusUrl);
  });

  it('is closed after two hours, not before, and the gift can be tried again', async () => {
    const { id } = await unborn('again-2');
    await grow(id, '119 minutes');
    await sweep();
    expect(await stateOf(id)).toBe('created');
    await grow(id, '121 minutes');
    await sweep();
    expect(await stateOf(id)).toBe('expired');
    const { json } = await again('again-2');
    expect(json).toMatchObject({ status: 'expired', checkoutUrl: null });
    const retry = await call(app, `/don/${json.statusUrl.split('/').at(-1)}/reessayer`, {
      method: 'POST',
      form: {},
    });
    await payAtSandbox(retry.headers.get('location')!);
    await untilPaid(json.statusUrl);
  });

  it('paid after it was closed: the money is taken note of, never ignored', async () => {
    const { id } = await unborn('again-3');
    await grow(id, '3 hours');
    await sweep();
    const sandbox = new SandboxControl(app);
    const made = (await sandbox.payments()).find(({ metadata }) => JSON.stringify(metadata).includes(id))!;
    await sandbox.move(made.id, 'paid');
    await eventually(async () => (await stateOf(id)) === 'paid', 'the late money is noted');
    const { json } = await again('again-3');
    expect(await readStatus(json.statusUrl)).toMatchObject({ status: 'paid' });
  });
});
