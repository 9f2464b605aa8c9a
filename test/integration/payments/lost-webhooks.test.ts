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

/** The rows grow older; the clock stays. */
async function age(gift: MadeGift, created: string, synced: string | null = null): Promise<void> {
  await books.rows(
    `UPDATE payments SET created_at = now() - $2::interval, synced_at = now() - $3::interval WHERE id = $1`,
    [(await paymentOf(gift)).id, created, synced],
  );
}

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
    await age(gift, '11 minutes');
    await sweep();
    await untilPaid(gift.statusUrl);
  });

  it('the sweep asks ever more rarely: when a tenth of a payment’s age has passed', async () => {
    const [fresh, rested, looked] = [
      await paidWithoutWord(),
      await paidWithoutWord(),
      await paidWithoutWord(),
    ];
    await age(fresh, '9 minutes');
    await age(rested, '10 hours', '61 minutes');
    await age(looked, '10 hours', '50 minutes');
    await sweep();
    await untilPaid(rested.statusUrl);
    await quiet();
    expect((await readStatus(fresh.statusUrl)).status).toBe('pending');
    expect((await readStatus(looked.statusUrl)).status).toBe('pending');
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
