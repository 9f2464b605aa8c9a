import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../support/app.js';
import {
  givenAssociation,
  givenForm,
  giftBody,
  postGift,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { call, type Answer } from '../support/http-client.js';
import { expectProblem } from '../support/problems.js';

let app: TestApp;
let association: GivenAssociation;
let form: GivenForm;
beforeAll(async () => {
  app = await startTestApp();
  association = await givenAssociation(app);
  form = await givenForm(app, association);
});
afterAll(() => app.close());

const post = (body: string, contentType = 'application/json', headers: Record<string, string> = {}) =>
  call(app, form.donationsPath, {
    method: 'POST',
    body,
    headers: { 'content-type': contentType, ...headers },
  });

/** Without fetch, which does not read an answer that comes before it has sent everything. */
function postSlowly(
  path: string,
  chunk: Buffer,
  times: number,
  headers: Record<string, string>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, app.url), { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        const found = Object.entries(response.headers).map(
          ([name, value]) => [name, String(value)] as [string, string],
        );
        resolve({ status: response.statusCode!, headers: new Headers(found), text, json: JSON.parse(text) });
        request.destroy();
      });
    });
    // Our side may find the line cut while it still sends: the answer counts.
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (!['EPIPE', 'ECONNRESET'].includes(error.code ?? '')) reject(error);
    });
    for (let i = 0; i < times; i++) request.write(chunk);
    request.end();
  });
}

const MEBIBYTE = Buffer.alloc(2 ** 20, ' ');

describe('a body that cannot be read', () => {
  it('of 10 MB is refused by its length, before it is read', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': String(10 * 2 ** 20) };
    expectProblem(await postSlowly(form.donationsPath, MEBIBYTE, 10, headers), 413, 'body_too_large');
  });

  it('of 10 MB without a length is refused once it is too long', async () => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    expectProblem(await postSlowly(form.donationsPath, MEBIBYTE, 10, headers), 413, 'body_too_large');
  });

  it.each([
    ['cut off', '{"amount":{"cents":50'],
    ['of two documents', '{}{}'],
    ['that is HTML', '<html></html>'],
    ['with single quotes', "{'amount':1}"],
    ['that is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1')],
    ['that is empty', ''],
  ])('as JSON %s', async (_what, body) => {
    expectProblem(await post(body), 400, 'malformed_json');
  });

  it('with a byte order mark is read all the same', async () => {
    expect((await post(`\uFEFF${JSON.stringify(giftBody())}`)).status).toBe(201);
  });

  it.each(['text/plain', 'application/xml', 'application/msgpack', 'nonsense'])(
    'of the type %s is refused',
    async (contentType) => {
      expectProblem(await post(JSON.stringify(giftBody()), contentType), 415, 'unsupported_media_type');
    },
  );

  it('sent as an HTML form to the API is not taken for a gift', async () => {
    const answer = await call(app, form.donationsPath, { method: 'POST', form: { amount: '5000' } });
    expectProblem(answer, 422, 'validation_failed');
  });

  it('that means to poison prototypes is refused', async () => {
    const body = JSON.stringify(giftBody()).replace('{', '{"__proto__":{"isAdmin":true},');
    expectProblem(await post(body), 400, 'malformed_json');
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it.each([
    ['no', {}, 'validation_failed'],
    ['an', { 'idempotency-key': 'deep-1' }, 'body_nested_too_deep'],
  ])('nested a hundred thousand times is refused, with %s Idempotency-Key', async (_which, headers, code) => {
    const body = '['.repeat(100_000) + ']'.repeat(100_000);
    expectProblem(await post(body, 'application/json', headers as Record<string, string>), 422, code);
  });

  it('and the next request is served as if nothing had been', async () => {
    expect((await postGift(app, form)).status).toBe(201);
  });
});

describe('errors without a body of their own', () => {
  it.each(['/v1/nothing', '/v1/donations/x/y/z', '/webhooks', '/health', '/un/deux/trois/quatre'])(
    'a route that is not there: %s',
    async (path) => {
      expectProblem(await call(app, path), 404, 'route_not_found');
    },
  );

  it.each([
    ['DELETE', '/v1/donations'],
    ['PUT', '/v1/forms'],
    ['POST', '/v1/receipts'],
  ])('a verb that a route does not know: %s %s', async (method, path) => {
    const answer = await call(app, path, {
      method,
      key: association.keys.owner,
      ...(method !== 'DELETE' && { json: {} }),
    });
    expectProblem(answer, 404, 'route_not_found');
  });

  it('a program gets JSON, a person gets a page, by what they accept', async () => {
    expectProblem(await call(app, '/nulle-part'), 404, 'association_not_found');
    const page = await call(app, '/nulle-part', { headers: { accept: 'text/html,application/xhtml+xml' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    // The API's own addresses answer programs, whatever a browser accepts.
    expectProblem(
      await call(app, '/v1/nothing', { headers: { accept: 'text/html' } }),
      404,
      'route_not_found',
    );
  });

  it('what nobody foresaw is a 500 that tells only where to find it in the log', async () => {
    const client = new pg.Client(app.database.ownerUrl);
    await client.connect();
    try {
      await client.query('ALTER TABLE forms RENAME COLUMN title TO headline');
      const answer = await call(app, '/v1/forms', { key: association.keys.reader });
      const problem = expectProblem(answer, 500, 'internal_error');
      expect(problem.detail).not.toMatch(/title|column|form/i);
      const page = await call(app, form.path, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(500);
      expect(page.text).toContain(page.headers.get('x-request-id'));
      expect(page.text).not.toMatch(/headline|QueryFailed|SELECT/);
    } finally {
      await client.query('ALTER TABLE forms RENAME COLUMN headline TO title');
      await client.end();
    }
  });
});

describe('headers of every answer', () => {
  it.each(['/v1/donations', '/', '/health/live', '/openapi.json', '/nulle/part'])('%s', async (path) => {
    const { headers } = await call(app, path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('a request’s id is ours, whatever the caller claims', async () => {
    const claimed = '00000000-0000-7000-8000-000000000000';
    const { headers } = await call(app, '/health/live', { headers: { 'x-request-id': claimed } });
    expect(headers.get('x-request-id')).not.toBe(claimed);
  });

  it('answers that need a key are kept by no cache', async () => {
    for (const path of ['/v1/association', '/v1/donations', '/v1/forms', '/v1/receipts', '/v1/api-keys']) {
      const { headers } = await call(app, path, { key: association.keys.owner });
      expect({ path, cache: headers.get('cache-control') }).toEqual({ path, cache: 'no-store' });
    }
  });
});
