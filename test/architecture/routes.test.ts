import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RESERVED_SLUGS, formSlugSchema } from '../../src/associations/index.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { givenAssociation } from '../support/factories.js';
import { openApiOf } from '../support/openapi.js';
import { call } from '../support/http-client.js';
import { routerPaths, routesOf } from '../support/routes.js';

/** An association's slug and a form's, as the router sees them. */
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

describe('the routes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('every handler declares who may call it', () => {
    const routes = routesOf(app);
    expect(routes.length).toBeGreaterThan(40);
    expect(routes.filter(({ access }) => !access).map(({ handler }) => handler)).toEqual([]);
  });

  it('every route with an association’s data behind a key lives under /v1, and nothing else there is public by accident', () => {
    const routes = routesOf(app);
    const guarded = routes.filter(({ access }) => access?.kind === 'role');
    expect(guarded.filter(({ path }) => !path.startsWith('/v1/'))).toEqual([]);
    const open = routes.filter(({ access, path }) => access?.kind === 'public' && path.startsWith('/v1/'));
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'GET /v1/associations/:slug/forms/:formSlug',
      'GET /v1/donation-status/:token',
      'POST /v1/associations/:slug/forms/:formSlug/donations',
    ]);
  });

  it('the router knows every handler', () => {
    const known = routerPaths(app);
    expect(routesOf(app).filter(({ path }) => !known.includes(path) && !path.endsWith('*'))).toEqual([]);
  });

  it('no association can take a first segment that the site uses itself', () => {
    const firstSegments = new Set(routerPaths(app).map((path) => path.split('/')[1]!));
    const own = [...firstSegments].filter((segment) => SLUG.test(segment));
    expect(own).toEqual(expect.arrayContaining(['v1', 'don', 'docs', 'boite-aux-lettres', 'webhooks']));
    expect(own.filter((segment) => !RESERVED_SLUGS.has(segment))).toEqual([]);
  });

  it('no form can take a second segment that stands after an association’s slug', () => {
    const second = routerPaths(app)
      .filter((path) => path.startsWith('/:slug/'))
      .map((path) => path.split('/')[2]!)
      .filter((segment) => SLUG.test(segment));
    expect(second).toContain('donnees-personnelles');
    expect(second.filter((segment) => formSlugSchema.safeParse(segment).success)).toEqual([]);
  });

  it.each(['v1', 'docs', 'assets', 'boite-aux-lettres', 'health'])(
    'an association that calls itself %s is refused',
    async (slug) => {
      const { keys } = await givenAssociation(app);
      const answer = await call(app, '/v1/association', {
        method: 'PATCH',
        key: keys.owner,
        json: { slug },
      });
      expect(answer.json).toMatchObject({ errors: [{ pointer: '/slug', code: 'slug_reserved' }] });
    },
  );

  it('openapi.json lists every route for programs, and marks which of them need no key', async () => {
    const { paths } = await openApiOf(app);
    const documented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { security }]) => ({
        route: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
        isPublic: security !== undefined && JSON.stringify(security) === '[{}]',
      })),
    );
    const served = routesOf(app)
      .filter(({ path }) => path.startsWith('/v1/'))
      .map(({ method, path, access }) => ({
        route: `${method} ${path}`,
        isPublic: access?.kind === 'public',
      }));
    const byRoute = (a: { route: string }, b: { route: string }) => a.route.localeCompare(b.route);
    expect(documented.sort(byRoute)).toEqual(served.sort(byRoute));
  });
});
