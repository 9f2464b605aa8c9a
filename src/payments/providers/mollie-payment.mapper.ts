import { z } from 'zod';
import { CURRENCIES, Money } from '../../kernel/money.js';
import {
  PAYMENT_SEQUENCES,
  PROVIDER_REFUND_STATUSES,
  PROVIDER_STATUSES,
  type PaymentMethod,
  type ProviderPayment,
  type ProviderRefund,
} from './payment-provider.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const amount = z
  .object({ value: z.string(), currency: z.enum(CURRENCIES) })
  .transform(({ value, currency }) => Money.fromDecimal(value, currency));

/** A status of a later version of the API is told as such, and is final for nobody. */
const status = z.enum(PROVIDER_STATUSES).catch('unrecognised');
const refundStatus = z.enum(PROVIDER_REFUND_STATUSES).catch('unrecognised');

const ourRefund = z.object({ refundId: z.string() });

const refund = z
  .object({
    id: z.string(),
    status: refundStatus,
    amount,
    createdAt: instant,
    metadata: z.unknown().optional(),
  })
  .transform(({ metadata, ...told }) => ({
    ...told,
    refundId: ourRefund.safeParse(metadata).data?.refundId ?? null,
  }));

const chargeback = z
  .object({
    id: z.string(),
    amount,
    reason: z.object({ code: z.string(), description: z.string() }).nullish(),
    createdAt: instant,
    reversedAt: instant.nullish(),
  })
  .transform(({ reason, reversedAt, ...rest }) => ({
    ...rest,
    reason: reason ? `${reason.code}: ${reason.description}` : null,
    reversedAt: reversedAt ?? null,
  }));

const payment = z.object({
  id: z.string(),
  status,
  mode: z.enum(['test', 'live']),
  profileId: z.string().nullish(),
  sequenceType: z.enum(PAYMENT_SEQUENCES).nullish(),
  customerId: z.string().nullish(),
  mandateId: z.string().nullish(),
  applicationFee: z.object({ amount }).nullish(),
  amount,
  amountRefunded: amount.nullish(),
  amountChargedBack: amount.nullish(),
  metadata: z.unknown().optional(),
  method: z.string().nullish(),
  details: z.object({ failureReason: z.string().nullish(), bankReasonCode: z.string().nullish() }).nullish(),
  isCancelable: z.boolean().nullish(),
  createdAt: instant,
  paidAt: instant.nullish(),
  expiresAt: instant.nullish(),
  _links: z.object({ checkout: z.object({ href: z.string() }).nullish() }),
  _embedded: z
    .object({ refunds: z.array(refund).optional(), chargebacks: z.array(chargeback).optional() })
    .nullish(),
});

const ours = z.object({ paymentId: z.string() });

/**
 * Reads only what we use, whatever else Mollie adds.
 * @throws ZodError, DomainError when something we need is missing or malformed
 */
export function toProviderPayment(json: unknown): ProviderPayment {
  const told = payment.parse(json);
  const zero = Money.zero(told.amount.currency);
  return {
    id: told.id,
    status: told.status,
    mode: told.mode,
    profileId: told.profileId ?? null,
    sequence: told.sequenceType ?? 'oneoff',
    customerId: told.customerId ?? null,
    mandateId: told.mandateId ?? null,
    applicationFee: told.applicationFee?.amount ?? null,
    amount: told.amount,
    amountRefunded: told.amountRefunded ?? zero,
    amountChargedBack: told.amountChargedBack ?? zero,
    paymentId: ours.safeParse(told.metadata).data?.paymentId ?? null,
    method: told.method ?? null,
    failureReason: told.details?.failureReason ?? told.details?.bankReasonCode ?? null,
    checkoutUrl: told._links.checkout?.href ?? null,
    isCancelable: told.isCancelable ?? false,
    createdAt: told.createdAt,
    paidAt: told.paidAt ?? null,
    expiresAt: told.expiresAt ?? null,
    refunds: told._embedded?.refunds ?? [],
    chargebacks: told._embedded?.chargebacks ?? [],
  };
}

/** @throws ZodError, DomainError */
export function toProviderRefund(json: unknown): ProviderRefund {
  return refund.parse(json);
}

const method = z.object({
  id: z.string(),
  description: z.string(),
  minimumAmount: amount.nullish().catch(null),
  maximumAmount: amount.nullish().catch(null),
});

/** @throws ZodError */
export function toPaymentMethod(json: unknown): PaymentMethod {
  const { id, description, minimumAmount, maximumAmount } = method.parse(json);
  return { id, description, minimum: minimumAmount ?? null, maximum: maximumAmount ?? null };
}
