import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../sandbox-context.js';
import { belongsTo, callerOf } from './caller.js';
import { presentChargeback } from './chargeback.presenter.js';
import { findChargeback, findPayment } from './find.js';
import { presentList, type ListQuery } from './list.js';

interface ById {
  Params: { id: string; chargebackId: string };
  Querystring: ListQuery;
}

export function addChargebackRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get<ById>('/v2/payments/:id/chargebacks', async (request) => {
    const payment = findPayment(context, callerOf(context, request, 'payments.read'), request.params.id);
    return presentList({
      name: 'chargebacks',
      all: payment.chargebacks,
      query: request.query,
      url: `${context.urls.api}/v2/payments/${payment.id}/chargebacks`,
      documentation: 'list-chargebacks',
      present: (chargeback) => presentChargeback(context, payment, chargeback),
    });
  });

  app.get<ById>('/v2/payments/:id/chargebacks/:chargebackId', async (request) => {
    const payment = findPayment(context, callerOf(context, request, 'payments.read'), request.params.id);
    return presentChargeback(context, payment, findChargeback(payment, request.params.chargebackId));
  });

  app.get<ById>('/v2/chargebacks', async (request) => {
    const caller = callerOf(context, request, 'payments.read');
    const all = context.state
      .paymentsOf(caller.organizationId)
      .filter((payment) => belongsTo(caller, payment))
      .flatMap((payment) => payment.chargebacks.map((one) => ({ id: one.id, payment, one })))
      .sort((a, b) => a.one.createdAt.localeCompare(b.one.createdAt));
    return presentList({
      name: 'chargebacks',
      all,
      query: request.query,
      url: `${context.urls.api}/v2/chargebacks`,
      documentation: 'list-all-chargebacks',
      present: ({ payment, one }) => presentChargeback(context, payment, one),
    });
  });
}
