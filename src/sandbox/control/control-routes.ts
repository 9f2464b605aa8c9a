import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../../kernel/domain-error.js';
import { Money } from '../../kernel/money.js';
import { behaviourSchema } from '../faults/behaviour.js';
import { chargeBackPayment, reverseChargeback } from '../rules/charge-back-payment.js';
import { expireOverdue, movePayment } from '../rules/move-payment.js';
import { paymentFigures } from '../rules/payment-figures.js';
import { PAYMENT_STATUSES } from '../rules/payment-life.js';
import { REFUND_STATUSES } from '../rules/refund-life.js';
import { moveRefund, refundPayment } from '../rules/refund-payment.js';
import type { SandboxContext } from '../sandbox-context.js';
import { profileIdOf } from '../state/random-id.js';
import { booksOf } from './books.js';
import { needChargeback, needPayment, needRefund } from './needed.js';
import { guardControl } from './guard-control.js';

const cents = z.int().positive();
const moveSchema = z.strictObject({
  status: z.enum(PAYMENT_STATUSES),
  method: z.string().optional(),
  failureReason: z.string().optional(),
});
const refundSchema = z.strictObject({
  cents: cents.optional(),
  status: z.enum(REFUND_STATUSES).default('pending'),
});
const refundMoveSchema = z.strictObject({ status: z.enum(REFUND_STATUSES) });
const chargebackSchema = z.strictObject({
  cents: cents.optional(),
  reason: z.strictObject({ code: z.string(), description: z.string() }).optional(),
});
const listSchema = z.object({
  apiKey: z.string().optional(),
  limit: z.coerce.number().int().min(1).default(100),
});

const STATUS_OF = { invalid: 400, forbidden: 403, not_found: 404, conflict: 409 } as Partial<
  Record<string, number>
>;

interface ById {
  Params: { id: string; partId: string };
}

/** The strings behind the scene, for tests and demonstrations. JSON in, JSON out; see README.md for the table. */
export async function controlRoutes(app: FastifyInstance, context: SandboxContext): Promise<void> {
  app.addHook('onRequest', async (request) => guardControl(request));
  app.addHook('onSend', async (_request, reply, payload) => {
    if (reply.statusCode < 400) await context.state.settled();
    return payload;
  });
  app.setErrorHandler(answerError);
  addBehaviourRoutes(app, context);
  addPaymentRoutes(app, context);
  addRefundRoutes(app, context);
}

function addBehaviourRoutes(app: FastifyInstance, context: SandboxContext): void {
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
    expireOverdue(context);
    const calls = await context.deliverDue();
    return { calls, stillOwed: context.state.deliveries.size };
  });
  app.get('/webhooks', async () => ({ owed: [...context.state.deliveries.values()] }));
  app.get('/books', async (request) => {
    const { apiKey } = listSchema.parse(request.query);
    const profiles = apiKey === undefined ? context.state.profiles() : [profileIdOf(apiKey)];
    return { books: profiles.map((profileId) => booksOf(context.state, profileId)) };
  });
}

function addPaymentRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get('/payments', async (request) => {
    const { apiKey, limit } = listSchema.parse(request.query);
    const all =
      apiKey === undefined
        ? [...context.state.payments.values()]
        : context.state.paymentsOf(profileIdOf(apiKey));
    return { total: all.length, payments: all.slice(-limit).reverse() };
  });
  app.get<ById>('/payments/:id', async (request) => needPayment(context, request.params.id));
  app.post<ById>('/payments/:id/status', async (request) => {
    const { status, ...details } = moveSchema.parse(request.body);
    const payment = needPayment(context, request.params.id);
    movePayment(context, payment, status, details);
    return payment;
  });
}

function addRefundRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.post<ById>('/payments/:id/refunds', async (request) => {
    const wish = refundSchema.parse(request.body ?? {});
    const payment = needPayment(context, request.params.id);
    const amount = wish.cents === undefined ? paymentFigures(payment).remaining : Money.of(wish.cents);
    return refundPayment(context, payment, {
      amount,
      description: 'Dashboard',
      metadata: null,
      status: wish.status,
    });
  });
  app.post<ById>('/payments/:id/refunds/:partId/status', async (request) => {
    const payment = needPayment(context, request.params.id);
    const refund = needRefund(payment, request.params.partId);
    moveRefund(context, payment, refund, refundMoveSchema.parse(request.body).status);
    return refund;
  });
  app.post<ById>('/payments/:id/chargebacks', async (request) => {
    const wish = chargebackSchema.parse(request.body ?? {});
    const payment = needPayment(context, request.params.id);
    const figures = paymentFigures(payment);
    const amount =
      wish.cents === undefined ? figures.amount.minus(figures.chargedBack) : Money.of(wish.cents);
    return chargeBackPayment(context, payment, amount, wish.reason ?? null);
  });
  app.post<ById>('/payments/:id/chargebacks/:partId/reverse', async (request) => {
    const payment = needPayment(context, request.params.id);
    const chargeback = needChargeback(payment, request.params.partId);
    reverseChargeback(context, payment, chargeback);
    return chargeback;
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
