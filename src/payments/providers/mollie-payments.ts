import { Locale, PaymentEmbed, SequenceType, type MollieClient } from '@mollie/api-client';
import type { Money } from '../../kernel/money.js';
import { toPaymentMethod, toProviderPayment } from './mollie-payment.mapper.js';
import type { CreatePayment, PaymentMethod, PaymentSequence, ProviderPayment } from './payment-provider.js';

/** Longer ones are refused. */
export const DESCRIPTION_LIMIT = 255;

/** On the statement of the association's account. */
const FEE_DESCRIPTION = 'Contribution à la plateforme';

export function toMollie(amount: Money): { value: string; currency: string } {
  return { value: amount.toDecimal(), currency: amount.currency };
}

export async function createPayment(client: MollieClient, input: CreatePayment): Promise<ProviderPayment> {
  const { applicationFee, customerId, mandateId } = input;
  const payment = await client.payments.create({
    amount: toMollie(input.amount),
    description: input.description.slice(0, DESCRIPTION_LIMIT),
    // The client's types want an address always; nobody comes back from a recurring payment.
    redirectUrl: input.redirectUrl ?? undefined!,
    cancelUrl: input.cancelUrl,
    webhookUrl: input.webhookUrl,
    locale: Locale[input.locale],
    sequenceType: SequenceType[input.sequence],
    ...(customerId !== null && { customerId }),
    ...(mandateId !== null && { mandateId }),
    ...(applicationFee && {
      applicationFee: { amount: toMollie(applicationFee), description: FEE_DESCRIPTION },
    }),
    metadata: { paymentId: input.paymentId },
    idempotencyKey: input.idempotencyKey,
  });
  return toProviderPayment(payment);
}

export async function getPayment(client: MollieClient, providerId: string): Promise<ProviderPayment> {
  const embed = [PaymentEmbed.refunds, PaymentEmbed.chargebacks];
  return toProviderPayment(await client.payments.get(providerId, { embed }));
}

export async function cancelPayment(
  client: MollieClient,
  providerId: string,
  idempotencyKey: string,
): Promise<ProviderPayment> {
  return toProviderPayment(await client.payments.cancel(providerId, { idempotencyKey }));
}

export async function findPayment(
  client: MollieClient,
  customerId: string,
  paymentId: string,
): Promise<ProviderPayment | null> {
  for await (const payment of client.customerPayments.iterate({ customerId })) {
    const found = toProviderPayment(payment);
    if (found.paymentId === paymentId) return found;
  }
  return null;
}

export async function listMethods(
  client: MollieClient,
  wish: { amount: Money; locale: 'fr_FR' | 'en_GB'; sequence: PaymentSequence },
): Promise<PaymentMethod[]> {
  const methods = await client.methods.list({
    amount: toMollie(wish.amount),
    locale: Locale[wish.locale],
    sequenceType: SequenceType[wish.sequence],
  });
  return methods.map(toPaymentMethod);
}
