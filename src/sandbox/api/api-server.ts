import { createServer } from 'node:https';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Certificate } from '../certificate.js';
import { addFaultHooks } from '../faults/fault-hooks.js';
import type { SandboxContext } from '../sandbox-context.js';
import { addAccountRoutes } from './account-routes.js';
import { authenticate } from './authenticate.js';
import { addChargebackRoutes } from './chargeback-routes.js';
import type { Idempotency } from './idempotency.js';
import { MollieError } from './mollie-error.js';
import { addPaymentRoutes } from './payment-routes.js';
import { addRefundRoutes } from './refund-routes.js';

/** Mollie's API under /v2, over TLS: Mollie's client speaks nothing else. */
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
  app.addHook('onRequest', async (request) => void authenticate(request.headers));
  app.addHook('preHandler', (request, reply) => once.enter(request, reply));
  addFaultHooks(app, context.behaviour);
  addPaymentRoutes(app, context, once);
  addRefundRoutes(app, context, once);
  addChargebackRoutes(app, context);
  addAccountRoutes(app, context);
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
  app.setErrorHandler((error: FastifyError | MollieError, request, reply) => {
    const refusal = error instanceof MollieError ? error : fromUnexpected(error);
    if (refusal.status >= 500 && !(error instanceof MollieError)) {
      context.log(
        `${request.method} ${request.routeOptions.url ?? 'unknown route'} failed: ${error.message}`,
      );
    }
    return reply.code(refusal.status).type('application/hal+json').send(JSON.stringify(refusal.toBody()));
  });
  // Whatever is told is on disk: an answer, even a read one, is a promise.
  app.addHook('onSend', async (_request, reply, payload) => {
    if (reply.statusCode < 400) await context.state.settled();
    if (!reply.hasHeader('content-type') || reply.getHeader('content-type') === JSON_TYPE) {
      reply.type('application/hal+json');
    }
    return payload;
  });
}

const JSON_TYPE = 'application/json; charset=utf-8';

function fromUnexpected(error: FastifyError): MollieError {
  const status = error.statusCode ?? 500;
  return new MollieError(status, status < 500 ? error.message : 'The sandbox met an error of its own.');
}
