import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../../kernel/domain-error.js';
import { behaviourSchema } from '../faults/behaviour.js';
import { bringAllUpToDate } from '../rules/move-payment.js';
import type { SandboxContext } from '../sandbox-context.js';
import { organizationBooks, profileBooks } from './books.js';
import { addConnectionControl } from './connection-control.js';
import { guardControl } from './guard-control.js';
import { addMandateControl } from './mandate-control.js';
import { addPaymentControl } from './payment-control.js';
import { addRefundControl } from './refund-control.js';
import { addSettlementControl } from './settlement-control.js';
import { organizationsMeant, whoseSchema } from './whose.js';

const STATUS_OF = { invalid: 400, forbidden: 403, not_found: 404, conflict: 409 } as Partial<
  Record<string, number>
>;

/** The strings behind the scene, for tests and demonstrations. JSON in, JSON out; see README.md for the table. */
export async function controlRoutes(app: FastifyInstance, context: SandboxContext): Promise<void> {
  app.addHook('onRequest', async (request) => guardControl(request));
  app.addHook('onSend', async (_request, reply, payload) => {
    if (reply.statusCode < 400) await context.state.settled();
    return payload;
  });
  app.setErrorHandler(answerError);
  addBehaviourControl(app, context);
  addPaymentControl(app, context);
  addRefundControl(app, context);
  addMandateControl(app, context);
  addConnectionControl(app, context);
  addSettlementControl(app, context);
}

function addBehaviourControl(app: FastifyInstance, context: SandboxContext): void {
  app.get('/behaviour', async () => context.behaviour.settings);
  app.put('/behaviour', async (request) => {
    context.behaviour.replace(behaviourSchema.parse(request.body));
    return context.behaviour.settings;
  });
  app.post('/reset', async () => {
    context.behaviour.replace({});
    context.state.clear();
    return { reset: true };
  });
  app.post('/webhooks/deliver', async () => {
    bringAllUpToDate(context);
    const calls = await context.deliverDue();
    return { calls, stillOwed: context.state.deliveries.size };
  });
  app.get('/webhooks', async () => ({ owed: [...context.state.deliveries.values()] }));
  app.get('/books', async (request) => {
    const meant = organizationsMeant(context, whoseSchema.parse(request.query));
    return {
      books: meant.flatMap((organizationId) => profileBooks(context, organizationId)),
      organizations: meant.map((organizationId) => organizationBooks(context, organizationId)),
    };
  });
}

function answerError(error: Error, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof z.ZodError) {
    return reply.code(400).send({ code: 'invalid_input', detail: z.prettifyError(error) });
  }
  if (error instanceof DomainError) {
    return reply.code(STATUS_OF[error.kind] ?? 500).send({ code: error.code, detail: error.message });
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  return reply
    .code(status)
    .send({ code: status < 500 ? 'invalid_input' : 'internal', detail: error.message });
}
