import type { FastifyInstance } from 'fastify';
import { createPayment } from '../rules/create-payment.js';
import { bringUpToDate, movePayment } from '../rules/move-payment.js';
import type { SandboxContext } from '../sandbox-context.js';
import { belongsTo, callerOf } from './caller.js';
import { findPayment } from './find.js';
import type { Idempotency } from './idempotency.js';
import { presentList, type ListQuery } from './list.js';
import { MollieError } from './mollie-error.js';
import { isCancelable, presentPayment, type Embed } from './payment.presenter.js';
import { validatePayment } from './validate-payment.js';

interface ById {
  Params: { id: string };
  Querystring: { embed?: string };
}

export function addPaymentRoutes(app: FastifyInstance, context: SandboxContext, once: Idempotency): void {
  app.post('/v2/payments', (request, reply) =>
    once.answer(request, reply, () => {
      const caller = callerOf(context, request, 'payments.write');
      const payment = createPayment(context, validatePayment(context, caller, request.body));
      return { status: 201, body: presentPayment(context, payment) };
    }),
  );

  app.get<{ Querystring: ListQuery }>('/v2/payments', async (request) => {
    const caller = callerOf(context, request, 'payments.read');
    const all = context.state
      .paymentsOf(caller.organizationId)
      .filter((payment) => belongsTo(caller, payment));
    for (const payment of all) bringUpToDate(context, payment);
    return presentList({
      name: 'payments',
      all,
      query: request.query,
      url: `${context.urls.api}/v2/payments`,
      documentation: 'list-payments',
      present: (payment) => presentPayment(context, payment),
    });
  });

  app.get<ById>('/v2/payments/:id', async (request) => {
    const caller = callerOf(context, request, 'payments.read');
    const payment = findPayment(context, caller, request.params.id);
    return presentPayment(context, payment, readEmbed(request.query.embed));
  });

  app.delete<ById>('/v2/payments/:id', (request, reply) =>
    once.answer(request, reply, () => {
      const caller = callerOf(context, request, 'payments.write');
      const payment = findPayment(context, caller, request.params.id);
      if (!isCancelable(payment)) throw new MollieError(422, 'The payment cannot be canceled', 'id');
      movePayment(context, payment, 'canceled');
      return { status: 200, body: presentPayment(context, payment) };
    }),
  );
}

/** @throws MollieError 400 for what Mollie would not embed in a payment */
function readEmbed(text: string | undefined): Embed[] {
  const known: Embed[] = [];
  for (const name of (text ?? '').split(',').filter((part) => part !== '')) {
    if (name !== 'refunds' && name !== 'chargebacks') {
      throw new MollieError(400, `The embed "${name}" is not available here`, 'embed');
    }
    known.push(name);
  }
  return known;
}
