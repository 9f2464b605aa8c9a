import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/app.js';
import { Books } from '../support/books.js';
import { databaseAccess } from '../support/database.js';
import {
  disturbSandbox,
  eventually,
  giftBody,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  postGift,
  type GivenForm,
  type MadeGift,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { describeWith } from '../support/tools/describe-with.js';

const LIFE = [
  'attempt 1 created → open',
  'attempt 1 open → paid',
  'gift pending → paid',
  expect.stringMatching(/^receipt \d+ of 5000 cents, drawn$/),
  'mail sent with 1 attachment',
];

let apps: TestApp[] = [];
let books: Books;
let form: GivenForm;

/** The first one owns database and sandbox; the others join it. */
async function start(options: TestAppOptions = {}): Promise<TestApp> {
  const app = await startTestApp({ leaseMs: 1_000, ...options, beside: apps[0] });
  apps.push(app);
  if (apps.length === 1) {
    books = new Books(app);
    form = await givenForm(app, await givenAssociation(app));
  }
  return app;
}

afterEach(async () => {
  await books.close();
  for (const app of apps.reverse()) await app.close();
  apps = [];
});

async function paidGifts(count: number): Promise<MadeGift[]> {
  const gifts = await Promise.all(Array.from({ length: count }, () => givenGift(apps[0]!, form)));
  await Promise.all(gifts.map(({ checkoutUrl }) => payAtSandbox(checkoutUrl)));
  return gifts;
}

async function allAreDoneOnce(gifts: MadeGift[]): Promise<void> {
  await eventually(
    async () => (await books.count(`mail_deliveries WHERE state = 'sent'`)) >= gifts.length,
    'every gift is thanked for',
  );
  await eventually(async () => (await books.jobs()).length === 0, 'no job is left');
  for (const { id } of gifts) expect(await books.lifeOf(id)).toEqual(LIFE);
  const receipts = await books.receipts();
  expect(receipts.map(({ sequence }) => sequence)).toEqual(gifts.map((_, nth) => nth + 1));
}

describeWith('redis', 'Redis', () => {
  let redis: TestRedis;
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(() => redis.stop());

  it('two workers at once do everything once', async () => {
    await start({ role: 'web', redisUrl: redis.url });
    await start({ role: 'worker', redisUrl: redis.url });
    await start({ role: 'worker', redisUrl: redis.url });
    await allAreDoneOnce(await paidGifts(15));
  });

  it('emptied while jobs wait in it: they are handed over again, and all is done', async () => {
    const web = await start({ role: 'web', redisUrl: redis.url });
    const gifts = await paidGifts(5);
    await eventually(async () => (await books.count('outbox WHERE held_until IS NOT NULL')) === 5);
    await redis.flush();
    await start({ role: 'worker', redisUrl: redis.url });
    await allAreDoneOnce(gifts);
    expect(web.config.redisUrl).toBe(redis.url);
  });

  it('away at the start and again later: gifts are taken all the same, and done when it returns', async () => {
    await redis.kill();
    const web = await start({ role: 'web', redisUrl: redis.url });
    await start({ role: 'worker', redisUrl: redis.url });
    const first = await paidGifts(2);
    await sleep(500);
    expect(await books.receipts()).toEqual([]);
    await redis.restart();
    await allAreDoneOnce(first);
    await redis.kill();
    expect((await postGift(web, form, giftBody())).status).toBe(201);
    const second = await paidGifts(2);
    await redis.restart();
    await allAreDoneOnce([...first, ...second]);
  });
});

describe('PostgreSQL', () => {
  const admin = new pg.Pool({ connectionString: databaseAccess().adminUrl, max: 1 });
  afterAll(() => admin.end());

  /** Every connection of the application is cut, whatever it is doing. @returns how many there were */
  async function cut(app: TestApp): Promise<number> {
    const { rows } = await admin.query<{ cut: boolean }>(
      `SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity WHERE datname = $1 AND usename = $2`,
      [app.database.name, databaseAccess().app.user],
    );
    return rows.length;
  }

  it('connections cut again and again under work: webhooks are answered 200 or 503, and all is done in the end', async () => {
    const app = await start({ webhookRetryDelaysMs: [0, 300, 600, 1_000, 2_000, 4_000] });
    const gifts = await Promise.all(Array.from({ length: 10 }, () => givenGift(app, form)));
    await disturbSandbox(app, { latencyMs: 30 });
    const cuts = (async () => {
      let connections = 0;
      for (let nth = 0; nth < 20; nth += 1, await sleep(40)) connections += await cut(app);
      return connections;
    })();
    const paid = Promise.all(gifts.map(({ checkoutUrl }) => payAtSandbox(checkoutUrl)));
    const { token } = (await books.payments(gifts[0]!.id))[0]!;
    const statuses = new Set<number>();
    for (let nth = 0; nth < 40; nth += 1) {
      const answer = await call(app, `/webhooks/mollie/${token}`, { method: 'POST', form: { id: '' } });
      statuses.add(answer.status);
    }
    await paid;
    expect(await cuts).toBeGreaterThan(10);
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    await sleep(500);
    // The pauses between attempts are not what is tested here.
    await books.rows('UPDATE outbox SET run_at = now()');
    await allAreDoneOnce(gifts);
  });
});
