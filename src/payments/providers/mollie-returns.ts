import type { MollieClient } from '@mollie/api-client';
import { toProviderSettlement, toSettledPayment, toSettledReturn } from './mollie-facts.mapper.js';
import { toProviderRefund } from './mollie-payment.mapper.js';
import { DESCRIPTION_LIMIT, toMollie } from './mollie-payments.js';
import type {
  CreateRefund,
  ProviderRefund,
  ProviderSettlement,
  SettlementPart,
  SettlementParts,
} from './payment-provider.js';

export async function createRefund(client: MollieClient, input: CreateRefund): Promise<ProviderRefund> {
  const refund = await client.paymentRefunds.create({
    paymentId: input.providerPaymentId,
    amount: toMollie(input.amount),
    description: input.description.slice(0, DESCRIPTION_LIMIT),
    metadata: { refundId: input.refundId },
    idempotencyKey: input.refundId,
  });
  return toProviderRefund(refund);
}

export async function cancelRefund(client: MollieClient, paymentId: string, refundId: string): Promise<true> {
  await client.paymentRefunds.cancel(refundId, { paymentId });
  return true;
}

export async function listSettlements(
  client: MollieClient,
  isKnown: (settlementId: string) => boolean,
): Promise<ProviderSettlement[]> {
  const found: ProviderSettlement[] = [];
  for await (const told of client.settlements.iterate()) {
    if (isKnown(told.id)) break;
    found.push(toProviderSettlement(told));
  }
  return found;
}

export async function settlementParts(client: MollieClient, settlementId: string): Promise<SettlementParts> {
  const payments: SettlementPart[] = [];
  for await (const one of client.settlementPayments.iterate({ settlementId }))
    payments.push(toSettledPayment(one));
  return {
    payments,
    refunds: await parts(client.settlementRefunds.iterate({ settlementId })),
    chargebacks: await parts(client.settlementChargebacks.iterate({ settlementId })),
  };
}

async function parts(told: AsyncIterable<unknown>): Promise<SettlementPart[]> {
  const found: SettlementPart[] = [];
  for await (const one of told) found.push(toSettledReturn(one));
  return found;
}
