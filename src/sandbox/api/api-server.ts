import { createServer } from 'node:https';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Certificate } from '../certificate.js';
import { addFaultHooks } from '../faults/fault-hooks.js';
import type { SandboxContext } from '../sandbox-context.js';
import { addChargebackRoutes } from './chargeback-routes.js';
import { addCustomerRoutes } from './customer-routes.js';
import type { Idempotency } from './idempotency.js';
import { identify } from './identify.js';
import { addMandateRoutes } from './mandate-routes.js';
import { addMethodRoutes } from './method-routes.js';
import { MollieError } from './mollie-error.js';
import { OAuthError } from './oauth-error.js';
import { oauthRoutes } from './oauth-routes.js';
import { addOrganizationRoutes } from './organization-routes.js';
import { addPaymentRoutes } from './payment-routes.js';
import { addRefundRoutes } from './refund-routes.js';
import { addSettlementRoutes } from './settlement-routes.js';

/** Applications show who they are in another way than merchants, and are answered in another shape. */
const isOAuth = (url: string): boolean => url.startsWith('/oauth2/');

/** Mollie's API under /v2 and its token endpoint, over TLS: Mollie's client speaks nothing else. */
export function buildApiServer(
  context: SandboxContext,
  once: Idempotency,
  certificate: Certificate,
): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    serverFactory: (handler) => createServer({ key: certificate.keyPem, cert: certificate.certPem }, handler),
  });
  acceptEmptyJson(app);
  answerAsMollie(app, context);
  app.addHook('onRequest', async (request) => {
    if (!isOAuth(request.url)) identify(context, request.headers);
  });
  app.addHook('preHandler', async (request, reply) =>
    isOAuth(request.url) ? undefined : once.enter(request, reply),
  );
  addFaultHooks(app, context.behaviour);
  addPaymentRoutes(app, context, once);
  addRefundRoutes(app, context, once);
  addChargebackRoutes(app, context);
  addCustomerRoutes(app, context, once);
  addMandateRoutes(app, context, once);
  addMethodRoutes(app, context);
  addOrganizationRoutes(app, context);
  addSettlementRoutes(app, context);
  app.register((scope) => oauthRoutes(scope, context));
  return app;
}

/** Mollie's client sends DELETE and GET with a JSON content type, sometimes without a body. */
function acceptEmptyJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    if (text === '') return done(null, undefined);
    try {
      done(null, JSON.parse(text as string));
    } catch {
      done(new MollieError(400, 'The request body is not valid JSON'));
    }
  });
}

function answerAsMollie(app: FastifyInstance, context: SandboxContext): void {
  app.setNotFoundHandler((request) => {
    throw new MollieError(404, `No endpoint ${request.method} ${request.url.split('?')[0]} in this sandbox`);
  });
  app.setErrorHandler((error: FastifyError | MollieError | OAuthError, request, reply) => {
    if (error instanceof OAuthError) return reply.code(error.status).send(error.toBody());
    const refusal = error instanceof MollieError ? error : fromUnexpected(error);
    if (refusal.status >= 500 && !(error instanceof MollieError)) {
      context.log(
        `${request.method} ${request.routeOptions.url ?? 'unknown route'} failed: ${error.message}`,
      );
    }
    if (isOAuth(request.url)) {
      return reply.code(refusal.status).send({ error: 'server_error', error_description: refusal.message });
    }
    return reply.code(refusal.status).type('application/hal+json').send(JSON.stringify(refusal.toBody()));
  });
  // Whatever is told is on disk: an answer, even a read one, is a promise.
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode < 400) await context.state.settled();
    const isPlain = !reply.hasHeader('content-type') || reply.getHeader('content-type') === JSON_TYPE;
    if (isPlain && !isOAuth(request.url)) reply.type('application/hal+json');
    return payload;
  });
}

const JSON_TYPE = 'application/json; charset=utf-8';

function fromUnexpected(error: FastifyError): MollieError {
  const status = error.statusCode ?? 500;
  return new MollieError(status, status < 500 ? error.message : 'The sandbox met an error of its own.');
}
