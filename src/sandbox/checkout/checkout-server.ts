import fastify, { type FastifyInstance } from 'fastify';
import { controlRoutes } from '../control/control-routes.js';
import type { SandboxContext } from '../sandbox-context.js';
import { addAuthorizeRoutes } from './authorize-routes.js';
import { addCheckoutRoutes } from './checkout-routes.js';
import { STYLE_HASH } from './style.js';

/** Plain HTTP, so that no browser warns of a self-made certificate. Behind a proxy, that one speaks TLS. */
export function buildCheckoutServer(context: SandboxContext): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, text, done) => done(null, new URLSearchParams(text as string)),
  );
  app.addHook('onRequest', async (_request, reply) => {
    // No form-action: browsers apply it to the redirect after the form too, which leads to the merchant.
    reply.header(
      'content-security-policy',
      `default-src 'none'; style-src '${STYLE_HASH}'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'`,
    );
    reply.header('cache-control', 'no-store');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('x-content-type-options', 'nosniff');
  });
  addCheckoutRoutes(app, context);
  addAuthorizeRoutes(app, context);
  app.register(async (scope) => controlRoutes(scope, context), { prefix: '/control' });
  return app;
}
