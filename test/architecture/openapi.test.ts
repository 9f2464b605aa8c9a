import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { openApiOf, resolved, type OpenApi } from '../support/openapi.js';

describe('/openapi.json', () => {
  let app: TestApp;
  let document: OpenApi;
  beforeAll(async () => {
    app = await startTestApp();
    document = await openApiOf(app);
  });
  afterAll(() => app.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );

  it('is the one that was agreed to: a change of the API is a change of this file', () => {
    const { info, ...rest } = document as OpenApi & { info: { version: string } };
    expect({ ...rest, info: { ...info, version: 'of the package' } }).toMatchSnapshot();
  });

  it('is OpenAPI 3.1', () => expect(document.openapi).toBe('3.1.0'));

  it.each([
    ['post', '/v1/associations/{slug}/forms/{formSlug}/donations'],
    ['get', '/v1/donation-status/{token}'],
    ['get', '/v1/donations'],
    ['get', '/v1/donations/{id}'],
    ['get', '/v1/receipts'],
    ['get', '/v1/receipts/{id}'],
    ['get', '/v1/receipts/{id}/pdf'],
    ['get', '/v1/forms'],
    ['post', '/v1/forms'],
    ['get', '/v1/forms/{id}'],
    ['patch', '/v1/forms/{id}'],
    ['get', '/v1/payments'],
    ['post', '/v1/payments/{id}/refunds'],
    ['get', '/v1/refunds'],
    ['get', '/v1/disputes'],
    ['get', '/v1/plans'],
    ['post', '/v1/plans/{id}/retry'],
    ['post', '/v1/offline-donations'],
    ['post', '/v1/deposits'],
    ['get', '/v1/payouts'],
    ['get', '/v1/alerts'],
    ['get', '/v1/ledger/entries'],
    ['get', '/v1/ledger/balances'],
    ['get', '/v1/mollie'],
    ['post', '/v1/mollie/connect'],
    ['get', '/v1/association'],
    ['patch', '/v1/association'],
  ])('promises %s %s', (method, path) => expect(document.paths[path]?.[method]).toBeDefined());

  it('names every operation once, with a tag', () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect(ids.length).toBeGreaterThan(20);
    expect(new Set(ids).size).toBe(ids.length);
    expect(operations().filter(({ tags }) => tags?.length !== 1)).toEqual([]);
  });

  it('describes what is sent with every verb that carries something', () => {
    const silent = operations().filter(
      ({ method, path, requestBody }) =>
        ['post', 'put', 'patch'].includes(method) &&
        !/\/(publish|unpublish|archive|retry|resume|stop|cancel|import)$/.test(path) &&
        !requestBody,
    );
    expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('describes every answer that has a body, and problems everywhere', () => {
    for (const { path, method, responses } of operations()) {
      const problem = resolved(document, responses.default)?.content ?? {};
      expect({ path, method, problem: Object.keys(problem) }).toEqual({
        path,
        method,
        problem: ['application/problem+json'],
      });
      for (const [status, { content }] of Object.entries(responses)) {
        const hasBody = status !== '204' && status !== 'default';
        if (hasBody)
          expect({ path, method, types: Object.keys(content ?? {}) }).not.toMatchObject({ types: [] });
      }
    }
  });

  it('takes an Idempotency-Key on every POST that creates something it may show again', () => {
    const creating = operations().filter(({ method, responses }) => method === 'post' && responses['201']);
    const withKey = creating.filter(({ parameters }) =>
      parameters?.some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(
      creating
        .map(({ path }) => path)
        .filter((path) => path !== '/v1/api-keys')
        .sort(),
    ).toEqual(withKey.map(({ path }) => path).sort());
  });

  it('speaks of no host: clients bring their own', () =>
    expect(JSON.stringify(document)).not.toContain(app.url));
});
