import { paymentFigures } from '../rules/payment-figures.js';
import { paymentLife } from '../rules/payment-life.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { PaymentRecord } from '../state/records.js';
import { presentChargeback } from './chargeback.presenter.js';
import { docLink, halAmount, halLink, halTime, pageLink, type Link } from './hal.js';
import { paymentDetails } from './payment-details.js';
import { presentRefund } from './refund.presenter.js';

export type Embed = 'refunds' | 'chargebacks';
type Json = Record<string, unknown>;

/** Cancelable while nobody has decided, or while a bank is awaited. */
export function isCancelable(payment: PaymentRecord): boolean {
  const awaitsBank = payment.method === 'banktransfer' || payment.method === 'directdebit';
  return payment.status === 'open' || (payment.status === 'pending' && awaitsBank);
}

/** A payment as GET /v2/payments/:id tells it. */
export function presentPayment(context: SandboxContext, payment: PaymentRecord, embed: Embed[] = []): Json {
  return {
    resource: 'payment',
    id: payment.id,
    mode: payment.mode,
    createdAt: halTime(payment.createdAt),
    amount: halAmount(payment.amount),
    description: payment.description,
    method: payment.method ?? (payment.allowedMethods.length === 1 ? payment.allowedMethods[0] : null),
    metadata: payment.metadata,
    status: payment.status,
    ...(paymentLife.isFinal(payment.status) ? {} : { isCancelable: isCancelable(payment) }),
    ...times(payment),
    ...money(payment),
    details: paymentDetails(context, payment),
    locale: payment.locale,
    countryCode: 'FR',
    profileId: payment.profileId,
    ...whom(payment),
    redirectUrl: payment.redirectUrl,
    cancelUrl: payment.cancelUrl,
    webhookUrl: payment.webhookUrl,
    ...(embed.length === 0 ? {} : { _embedded: embedded(context, payment, embed) }),
    _links: links(context, payment),
  };
}

/** Whose it is, what it charges, and what the application takes of it. */
function whom(payment: PaymentRecord): Json {
  const { sequenceType, customerId, mandateId, applicationFee: fee } = payment;
  return {
    sequenceType,
    ...(customerId === null ? {} : { customerId }),
    ...(mandateId === null ? {} : { mandateId }),
    ...(fee === null
      ? {}
      : { applicationFee: { amount: halAmount(fee.amount), description: fee.description } }),
    ...(settlementOf(payment) === null ? {} : { settlementId: settlementOf(payment) }),
  };
}

function settlementOf(payment: PaymentRecord): string | null {
  return payment.movements.find((one) => one.kind === 'payment')?.settlementId ?? null;
}

function times(payment: PaymentRecord): Json {
  const told: Json = {};
  const { expiresAt } = payment;
  if (!paymentLife.isFinal(payment.status) && expiresAt !== null) told.expiresAt = halTime(expiresAt);
  for (const name of ['authorizedAt', 'paidAt', 'canceledAt', 'expiredAt', 'failedAt'] as const) {
    const instant = payment[name];
    if (instant !== null) told[name] = halTime(instant);
  }
  return told;
}

function money(payment: PaymentRecord): Json {
  if (payment.status !== 'paid') return {};
  const { refunded, remaining, chargedBack } = paymentFigures(payment);
  return {
    amountRefunded: halAmount(refunded),
    amountRemaining: halAmount(remaining),
    ...(chargedBack.isZero() ? {} : { amountChargedBack: halAmount(chargedBack) }),
  };
}

function embedded(context: SandboxContext, payment: PaymentRecord, embed: Embed[]): Json {
  const parts: Json = {};
  if (embed.includes('refunds')) {
    parts.refunds = payment.refunds.map((refund) => presentRefund(context, payment, refund));
  }
  if (embed.includes('chargebacks')) {
    parts.chargebacks = payment.chargebacks.map((one) => presentChargeback(context, payment, one));
  }
  return parts;
}

function links(context: SandboxContext, payment: PaymentRecord): Record<string, Link> {
  const v2 = `${context.urls.api}/v2`;
  const self = `${v2}/payments/${payment.id}`;
  const page = `${context.urls.checkout}/checkout/${payment.id}`;
  const isOpen = !paymentLife.isFinal(payment.status) && payment.status !== 'authorized';
  const isRecurring = payment.sequenceType === 'recurring';
  const canChange = payment.status === 'paid' || (isRecurring && isOpen);
  const customer = `${v2}/customers/${payment.customerId}`;
  const settlementId = settlementOf(payment);
  return {
    self: halLink(self),
    ...(isOpen && !isRecurring ? { checkout: pageLink(page) } : {}),
    dashboard: pageLink(page),
    ...(canChange ? { changePaymentState: pageLink(`${page}/change-state`) } : {}),
    ...(payment.refunds.length > 0 ? { refunds: halLink(`${self}/refunds`) } : {}),
    ...(payment.chargebacks.length > 0 ? { chargebacks: halLink(`${self}/chargebacks`) } : {}),
    ...(payment.customerId === null ? {} : { customer: halLink(customer) }),
    ...(payment.mandateId === null ? {} : { mandate: halLink(`${customer}/mandates/${payment.mandateId}`) }),
    ...(settlementId === null ? {} : { settlement: halLink(`${v2}/settlements/${settlementId}`) }),
    documentation: docLink('get-payment'),
  };
}
