import type { FastifyInstance } from 'fastify';
import { addMandate } from '../rules/mandates.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { CustomerRecord, MandateRecord } from '../state/records.js';
import { callerOf } from './caller.js';
import { presentMandate } from './customer.presenter.js';
import { findCustomer, findMandate } from './find.js';
import type { Idempotency } from './idempotency.js';
import { presentList, type ListQuery } from './list.js';
import { unprocessable } from './mollie-error.js';
import { asInput, missing, readText } from './read-input.js';

interface ById {
  Params: { id: string; mandateId: string };
  Querystring: ListQuery;
}

export function addMandateRoutes(app: FastifyInstance, context: SandboxContext, once: Idempotency): void {
  app.post<ById>('/v2/customers/:id/mandates', (request, reply) =>
    once.answer(request, reply, () => {
      const caller = callerOf(context, request, 'mandates.write');
      const customer = findCustomer(context, caller, request.params.id);
      const mandate = makeMandate(context, customer, request.body);
      return { status: 201, body: presentMandate(context, customer, mandate) };
    }),
  );

  app.get<ById>('/v2/customers/:id/mandates', async (request) => {
    const caller = callerOf(context, request, 'mandates.read');
    const customer = findCustomer(context, caller, request.params.id);
    return presentList({
      name: 'mandates',
      all: customer.mandates.filter((one) => one.revokedAt === null),
      query: request.query,
      url: `${context.urls.api}/v2/customers/${customer.id}/mandates`,
      documentation: 'list-mandates',
      present: (mandate) => presentMandate(context, customer, mandate),
    });
  });

  app.get<ById>('/v2/customers/:id/mandates/:mandateId', async (request) => {
    const caller = callerOf(context, request, 'mandates.read');
    const customer = findCustomer(context, caller, request.params.id);
    return presentMandate(context, customer, findMandate(customer, request.params.mandateId));
  });

  app.delete<ById>('/v2/customers/:id/mandates/:mandateId', (request, reply) =>
    once.answer(request, reply, () => {
      const caller = callerOf(context, request, 'mandates.write');
      const customer = findCustomer(context, caller, request.params.id);
      findMandate(customer, request.params.mandateId).revokedAt = context.clock.now().toISOString();
      context.state.customers.save(customer);
      return { status: 204 };
    }),
  );
}

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** Signed elsewhere: only a direct debit from an IBAN is taken here. */
function makeMandate(context: SandboxContext, customer: CustomerRecord, body: unknown): MandateRecord {
  const input = asInput(body);
  if (input.method !== 'directdebit') {
    throw unprocessable('method', 'The sandbox makes direct debit mandates only.');
  }
  const account = readText(input, 'consumerAccount')?.replace(/\s/g, '') ?? '';
  if (!IBAN.test(account)) throw unprocessable('consumerAccount', 'The consumer account is not an IBAN');
  const bic = readText(input, 'consumerBic');
  return addMandate(context, customer, {
    method: 'directdebit',
    details: {
      consumerName: readText(input, 'consumerName') ?? missing('consumerName', 'consumer name'),
      consumerAccount: account,
      ...(bic === null ? {} : { consumerBic: bic }),
    },
    mandateReference: readText(input, 'mandateReference'),
    ...(typeof input.signatureDate === 'string' ? { signatureDate: input.signatureDate } : {}),
  });
}
