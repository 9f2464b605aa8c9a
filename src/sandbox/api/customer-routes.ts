import type { FastifyInstance } from 'fastify';
import { createPayment } from '../rules/create-payment.js';
import { bringUpToDate } from '../rules/move-payment.js';
import type { SandboxContext } from '../sandbox-context.js';
import { randomId } from '../state/random-id.js';
import type { CustomerRecord } from '../state/records.js';
import { belongsTo, callerOf, type Caller } from './caller.js';
import { presentCustomer } from './customer.presenter.js';
import { findCustomer } from './find.js';
import type { Idempotency } from './idempotency.js';
import { presentList, type ListQuery } from './list.js';
import { presentPayment } from './payment.presenter.js';
import { asInput, readLocale, readMetadata, readText } from './read-input.js';
import { validatePayment } from './validate-payment.js';

interface ById {
  Params: { id: string };
  Querystring: ListQuery;
}

/** Whom recurring payments are for. */
export function addCustomerRoutes(app: FastifyInstance, context: SandboxContext, once: Idempotency): void {
  const customersUrl = (): string => `${context.urls.api}/v2/customers`;

  app.post('/v2/customers', (request, reply) =>
    once.answer(request, reply, () => {
      const customer = makeCustomer(context, callerOf(context, request, 'customers.write'), request.body);
      return { status: 201, body: presentCustomer(context, customer) };
    }),
  );

  app.get<{ Querystring: ListQuery }>('/v2/customers', async (request) => {
    const { organizationId, mode } = callerOf(context, request, 'customers.read');
    const all = [...context.state.customers.values()].filter(
      (one) => one.organizationId === organizationId && one.mode === mode,
    );
    return presentList({
      name: 'customers',
      all,
      query: request.query,
      url: customersUrl(),
      documentation: 'list-customers',
      present: (customer) => presentCustomer(context, customer),
    });
  });

  app.get<ById>('/v2/customers/:id', async (request) => {
    const caller = callerOf(context, request, 'customers.read');
    return presentCustomer(context, findCustomer(context, caller, request.params.id));
  });

  app.get<ById>('/v2/customers/:id/payments', async (request) => {
    const caller = callerOf(context, request, 'payments.read');
    const customer = findCustomer(context, caller, request.params.id);
    const all = context.state.paymentsOfCustomer(customer.id).filter((one) => belongsTo(caller, one));
    for (const payment of all) bringUpToDate(context, payment);
    return presentList({
      name: 'payments',
      all,
      query: request.query,
      url: `${customersUrl()}/${customer.id}/payments`,
      documentation: 'list-customer-payments',
      present: (payment) => presentPayment(context, payment),
    });
  });

  app.post<ById>('/v2/customers/:id/payments', (request, reply) =>
    once.answer(request, reply, () => {
      const caller = callerOf(context, request, 'payments.write');
      const customerId = findCustomer(context, caller, request.params.id).id;
      const wish = validatePayment(context, caller, { ...asInput(request.body), customerId });
      return { status: 201, body: presentPayment(context, createPayment(context, wish)) };
    }),
  );
}

function makeCustomer(context: SandboxContext, caller: Caller, body: unknown): CustomerRecord {
  const input = asInput(body);
  const customer: CustomerRecord = {
    id: randomId('cst'),
    organizationId: caller.organizationId,
    mode: caller.mode,
    name: readText(input, 'name'),
    email: readText(input, 'email'),
    locale: readLocale(input.locale),
    metadata: readMetadata(input.metadata),
    createdAt: context.clock.now().toISOString(),
    mandates: [],
  };
  context.state.customers.save(customer);
  return customer;
}
