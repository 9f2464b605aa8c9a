import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../../kernel/domain-error.js';
import type { SandboxContext } from '../sandbox-context.js';
import { MANDATE_STATUSES, type CustomerRecord, type MandateRecord } from '../state/records.js';

const changeSchema = z.strictObject({
  status: z.enum(MANDATE_STATUSES).optional(),
  cardExpiryDate: z.iso.date().optional(),
});

interface ById {
  Params: { id: string };
}

/** What banks and time do to mandates. */
export function addMandateControl(app: FastifyInstance, context: SandboxContext): void {
  app.get('/customers', async () => ({ customers: [...context.state.customers.values()].reverse() }));
  app.get<ById>('/customers/:id', async (request) => {
    const customer = context.state.customers.get(request.params.id);
    if (!customer) throw notFound('customer', request.params.id);
    return customer;
  });
  app.post<ById>('/mandates/:id', async (request) => {
    const { status, cardExpiryDate } = changeSchema.parse(request.body);
    const { customer, mandate } = needMandate(context, request.params.id);
    if (status !== undefined) mandate.status = status;
    if (cardExpiryDate !== undefined) {
      if (mandate.method !== 'creditcard') {
        throw new DomainError('conflict', 'mandate_without_card', 'Only a card expires.');
      }
      mandate.details.cardExpiryDate = cardExpiryDate;
    }
    context.state.customers.save(customer);
    return mandate;
  });
}

function needMandate(
  context: SandboxContext,
  id: string,
): { customer: CustomerRecord; mandate: MandateRecord } {
  for (const customer of context.state.customers.values()) {
    const mandate = customer.mandates.find((one) => one.id === id);
    if (mandate) return { customer, mandate };
  }
  throw notFound('mandate', id);
}

function notFound(kind: 'customer' | 'mandate', id: string): DomainError {
  return new DomainError('not_found', `${kind}_not_found`, `There is no ${kind} ${id}.`);
}
