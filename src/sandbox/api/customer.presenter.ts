import type { SandboxContext } from '../sandbox-context.js';
import type { CustomerRecord, MandateRecord } from '../state/records.js';
import { docLink, halLink, halTime, pageLink } from './hal.js';

export function presentCustomer(context: SandboxContext, customer: CustomerRecord): Record<string, unknown> {
  const self = `${context.urls.api}/v2/customers/${customer.id}`;
  return {
    resource: 'customer',
    id: customer.id,
    mode: customer.mode,
    name: customer.name,
    email: customer.email,
    locale: customer.locale,
    metadata: customer.metadata,
    createdAt: halTime(customer.createdAt),
    _links: {
      self: halLink(self),
      dashboard: pageLink(context.urls.checkout),
      payments: halLink(`${self}/payments`),
      mandates: halLink(`${self}/mandates`),
      documentation: docLink('get-customer'),
    },
  };
}

export function presentMandate(
  context: SandboxContext,
  customer: CustomerRecord,
  mandate: MandateRecord,
): Record<string, unknown> {
  const customerUrl = `${context.urls.api}/v2/customers/${customer.id}`;
  return {
    resource: 'mandate',
    id: mandate.id,
    mode: customer.mode,
    method: mandate.method,
    details: mandate.details,
    signatureDate: mandate.signatureDate,
    mandateReference: mandate.mandateReference,
    status: mandate.status,
    customerId: customer.id,
    createdAt: halTime(mandate.createdAt),
    _links: {
      self: halLink(`${customerUrl}/mandates/${mandate.id}`),
      customer: halLink(customerUrl),
      documentation: docLink('get-mandate'),
    },
  };
}
