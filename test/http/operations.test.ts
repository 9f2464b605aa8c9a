import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newScopedToken } from '../../src/kernel/scoped-token.js';
import { startTestApp, type TestApp } from '../support/app.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  givenGift,
  giftBody,
  payAtSandbox,
  postGift,
  untilPaid,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { expectProblem } from '../support/problems.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const TOKEN = 'a-token-for-prometheus';

let home: TestApp;
let association: GivenAssociation;
let form: GivenForm;
beforeAll(async () => {
  home = await startTestApp();
  association = await givenAssociation(home);
  form = await givenForm(home, association);
});
afterAll(() => home.close());

describe('health', () => {
  it('live and ready, for no cache', async () => {
    for (const [path, status] of [
      ['/health/live', 'live'],
      ['/health/ready', 'ready'],
    ]) {
      const answer = await call(home, path!);
      expect([answer.status, answer.json]).toEqual([200, { status }]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('without its database a process', () => {
  let line: TcpProxy;
  let app: TestApp;
  beforeAll(async () => {
    line = await TcpProxy.to(home.database.appUrl);
    const database = { ...home.database, appUrl: line.url };
    app = await startTestApp({ beside: { ...home, database } });
    expect((await call(app, '/health/ready')).status).toBe(200);
    await line.cut();
  });
  afterAll(async () => {
    await line.restore();
    await app.close();
    await line.cut();
  });

  it('lives, but is not ready', async () => {
    expect((await call(app, '/health/live')).status).toBe(200);
    expectProblem(await call(app, '/health/ready'), 503, 'database_unavailable');
  });

  it.each([
    ['GET', '/v1/donations'],
    ['GET', '/v1/donation-status/x'],
  ])('answers %s %s with when to come back, and tells nothing of the inside', async (method, path) => {
    const token = newScopedToken(association.associationId);
    const answer = await call(app, path.replace(/x$/, token), { method, key: association.keys.reader });
    expectProblem(answer, 503, 'database_unavailable');
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('sends a webhook away, so that it comes again', async () => {
    const path = `/webhooks/mollie/${newScopedToken(association.associationId)}`;
    expectProblem(
      await call(app, path, { method: 'POST', form: { id: 'tr_1' } }),
      503,
      'database_unavailable',
    );
  });

  it('takes no gift, and says so to programs and to people', async () => {
    const answer = await postGift(app, form, giftBody(), { 'idempotency-key': 'while-away' });
    expectProblem(answer, 503, 'database_unavailable');
    const page = await call(app, form.path, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
  });

  it('goes on by itself when it is back', async () => {
    await line.restore();
    await eventually(async () => (await call(app, '/health/ready')).status === 200, 'it is ready again');
    const answer = await postGift(app, form, giftBody(), { 'idempotency-key': 'while-away' });
    expect(answer.status).toBe(201);
  });
});

describe('metrics', () => {
  const scrape = (app: TestApp, authorization?: string) =>
    call(app, '/metrics', { headers: authorization ? { authorization } : {} });

  it('are open while developing, and count requests by route, never by address', async () => {
    const gift = await givenGift(home, form);
    await payAtSandbox(gift.checkoutUrl);
    await untilPaid(gift.statusUrl);
    // The job counts itself after its work is written down, so a moment after the gift is paid.
    const { status, text } = await eventually(async () => {
      const scraped = await scrape(home);
      return /payments\.sync",outcome="done"/.test(scraped.text) && scraped;
    }, 'the job is counted');
    expect(status).toBe(200);
    expect(text).toMatch(
      /obole_http_request_duration_seconds_count\{method="POST",route="\/v1\/associations\/:slug/,
    );
    expect(text).toContain('obole_outbox_rows{state="waiting"}');
    expect(text).toMatch(/obole_jobs_total\{job="payments.sync",outcome="done"\} \d/);
    expect(text).toMatch(/process_resident_memory_bytes \d/);
    for (const secret of [
      association.slug,
      form.slug,
      gift.statusUrl.split('/').at(-1)!,
      association.associationId,
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('need the token once there is one', async () => {
    const app = await startTestApp({ beside: home, metricsToken: TOKEN });
    try {
      expectProblem(await scrape(app), 404, 'route_not_found');
      expectProblem(await scrape(app, `Bearer ${TOKEN}x`), 404, 'route_not_found');
      expect((await scrape(app, `Bearer ${TOKEN}`)).status).toBe(200);
    } finally {
      await app.close();
    }
  });

  it('do not exist in production without a token', async () => {
    const app = await startTestApp({ beside: home, production: true });
    try {
      for (const guess of [undefined, 'Bearer ', 'Bearer null', 'Bearer undefined']) {
        expectProblem(await scrape(app, guess), 404, 'route_not_found');
      }
    } finally {
      await app.close();
    }
  });
});

describe('a worker', () => {
  it('answers its health and its metrics, and nothing else', async () => {
    const app = await startTestApp({ beside: home, role: 'worker' });
    try {
      expect((await call(app, '/health/ready')).status).toBe(200);
      expect((await call(app, '/metrics')).status).toBe(200);
      for (const path of ['/', form.path, '/v1/association', '/openapi.json', '/docs', '/healthy']) {
        expect({ path, status: (await call(app, path, { key: association.keys.owner })).status }).toEqual({
          path,
          status: 404,
        });
      }
    } finally {
      await app.close();
    }
  });
});
