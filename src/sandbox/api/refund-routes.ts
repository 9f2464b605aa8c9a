import type { FastifyInstance } from 'fastify';
import { DomainError } from '../../kernel/domain-error.js';
import { refundLife } from '../rules/refund-life.js';
import { moveRefund, refundPayment } from '../rules/refund-payment.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { PaymentRecord, RefundRecord } from '../state/records.js';
import { belongsTo, callerOf } from './caller.js';
import { findPayment, findRefund } from './find.js';
import type { Idempotency } from './idempotency.js';
import { presentList, type ListQuery } from './list.js';
import { MollieError } from './mollie-error.js';
import { readAmount } from './read-input.js';
import { presentRefund } from './refund.presenter.js';

interface ById {
  Params: { id: string; refundId: string };
  Querystring: ListQuery;
}

export function addRefundRoutes(app: FastifyInstance, context: SandboxContext, once: Idempotency): void {
  const refundsUrl = (id: string): string => `${context.urls.api}/v2/payments/${id}/refunds`;

  app.post<ById>('/v2/payments/:id/refunds', (request, reply) =>
    once.answer(request, reply, () => {
      const payment = findPayment(context, callerOf(context, request, 'refunds.write'), request.params.id);
      const refund = makeRefund(context, payment, request.body);
      return { status: 201, body: presentRefund(context, payment, refund) };
    }),
  );

  app.get<ById>('/v2/payments/:id/refunds', async (request) => {
    const payment = findPayment(context, callerOf(context, request, 'refunds.read'), request.params.id);
    return presentList({
      name: 'refunds',
      all: payment.refunds,
      query: request.query,
      url: refundsUrl(payment.id),
      documentation: 'list-refunds',
      present: (refund) => presentRefund(context, payment, refund),
    });
  });

  app.get<ById>('/v2/payments/:id/refunds/:refundId', async (request) => {
    const payment = findPayment(context, callerOf(context, request, 'refunds.read'), request.params.id);
    return presentRefund(context, payment, findRefund(payment, request.params.refundId));
  });

  app.delete<ById>('/v2/payments/:id/refunds/:refundId', (request, reply) =>
    once.answer(request, reply, () => {
      const payment = findPayment(context, callerOf(context, request, 'refunds.write'), request.params.id);
      const refund = findRefund(payment, request.params.refundId);
      if (!refundLife.canMove(refund.status, 'canceled')) {
        throw new MollieError(422, 'The refund cannot be canceled any more', 'id');
      }
      moveRefund(context, payment, refund, 'canceled');
      return { status: 204 };
    }),
  );

  app.get<ById>('/v2/refunds', async (request) => {
    const caller = callerOf(context, request, 'refunds.read');
    const all = context.state
      .paymentsOf(caller.organizationId)
      .filter((payment) => belongsTo(caller, payment))
      .flatMap((payment) => payment.refunds.map((refund) => ({ id: refund.id, payment, refund })))
      .sort((a, b) => a.refund.createdAt.localeCompare(b.refund.createdAt));
    return presentList({
      name: 'refunds',
      all,
      query: request.query,
      url: `${context.urls.api}/v2/refunds`,
      documentation: 'list-all-refunds',
      present: ({ payment, refund }) => presentRefund(context, payment, refund),
    });
  });
}

function makeRefund(context: SandboxContext, payment: PaymentRecord, body: unknown): RefundRecord {
  const input = (body ?? {}) as Record<string, unknown>;
  try {
    return refundPayment(context, payment, {
      amount: readAmount(input.amount),
      description: typeof input.description === 'string' ? input.description.slice(0, 255) : '',
      metadata: input.metadata ?? null,
      status: context.behaviour.settings.refundsStart ?? 'pending',
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'duplicate_refund') throw new MollieError(409, error.message);
    throw new MollieError(422, error.message, 'amount');
  }
}
