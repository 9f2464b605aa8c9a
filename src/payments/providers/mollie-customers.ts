import { Locale, type MollieClient } from '@mollie/api-client';
import { toProviderMandate } from './mollie-facts.mapper.js';
import type { ProviderMandate } from './payment-provider.js';

export interface CreateCustomer {
  idempotencyKey: string;
  reference: string;
  locale: 'fr_FR' | 'en_GB';
}

/** A name and a mail address are not needed for a mandate, so they are not given away. */
export async function createCustomer(client: MollieClient, input: CreateCustomer): Promise<{ id: string }> {
  const { id } = await client.customers.create({
    metadata: { reference: input.reference },
    locale: Locale[input.locale],
    idempotencyKey: input.idempotencyKey,
  });
  return { id };
}

export async function getMandate(
  client: MollieClient,
  customerId: string,
  mandateId: string,
): Promise<ProviderMandate> {
  return toProviderMandate(await client.customerMandates.get(mandateId, { customerId }));
}

export async function revokeMandate(
  client: MollieClient,
  customerId: string,
  mandateId: string,
): Promise<true> {
  await client.customerMandates.revoke(mandateId, { customerId });
  return true;
}
