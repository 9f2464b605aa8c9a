import { findMethod } from '../rules/methods.js';
import { paymentFigures } from '../rules/payment-figures.js';
import { paymentLife } from '../rules/payment-life.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { PaymentRecord } from '../state/records.js';
import { presentChargeback } from './chargeback.presenter.js';
import { docLink, halAmount, halLink, halTime, pageLink, type Link } from './hal.js';
import { presentRefund } from './refund.presenter.js';

export type Embed = 'refunds' | 'chargebacks';
type Json = Record<string, unknown>;

/** Cancelable while nobody has decided, or while a transfer is awaited. */
export function isCancelable(payment: PaymentRecord): boolean {
  return payment.status === 'open' || (payment.status === 'pending' && payment.method === 'banktransfer');
}

/** A payment as GET /v2/payments/:id tells it. */
export function presentPayment(context: SandboxContext, payment: PaymentRecord, embed: Embed[] = []): Json {
  return {
    resource: 'payment',
    id: payment.id,
    mode: 'test',
    createdAt: halTime(payment.createdAt),
    amount: halAmount(payment.amount),
    description: payment.description,
    method: payment.method ?? (payment.allowedMethods.length === 1 ? payment.allowedMethods[0] : null),
    metadata: payment.metadata,
    status: payment.status,
    ...(paymentLife.isFinal(payment.status) ? {} : { isCancelable: isCancelable(payment) }),
    ...times(payment),
    ...money(payment),
    ...details(payment),
    locale: payment.locale,
    countryCode: 'FR',
    profileId: payment.profileId,
    sequenceType: 'oneoff',
    redirectUrl: payment.redirectUrl,
    cancelUrl: payment.cancelUrl,
    webhookUrl: payment.webhookUrl,
    ...(embed.length === 0 ? {} : { _embedded: embedded(context, payment, embed) }),
    _links: links(context, payment),
  };
}

function times(payment: PaymentRecord): Json {
  const told: Json = {};
  if (!paymentLife.isFinal(payment.status)) told.expiresAt = halTime(payment.expiresAt);
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

function details(payment: PaymentRecord): Json {
  if (payment.method === 'banktransfer') {
    return {
      details: {
        bankName: 'Banque du bac à sable',
        bankAccount: 'FR7630006000011234567890189',
        bankBic: 'AGRIFRPP',
        transferReference: `RF${payment.id.slice(3, 15).toUpperCase()}`,
      },
    };
  }
  if (payment.method === null || findMethod(payment.method)?.takesCards !== true) return { details: null };
  if (payment.status !== 'paid' && payment.failureReason === null) return { details: null };
  return {
    details: {
      cardNumber: '6787',
      cardLabel: 'Visa',
      cardFunding: 'debit',
      cardCountryCode: 'FR',
      feeRegion: 'intra-eu-cards',
      ...(payment.failureReason === null ? {} : { failureReason: payment.failureReason }),
    },
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
  const self = `${context.urls.api}/v2/payments/${payment.id}`;
  const page = `${context.urls.checkout}/checkout/${payment.id}`;
  const undecided = payment.status === 'open' || payment.status === 'pending';
  return {
    self: halLink(self),
    ...(undecided ? { checkout: pageLink(page) } : {}),
    dashboard: pageLink(page),
    ...(payment.status === 'paid' ? { changePaymentState: pageLink(`${page}/change-state`) } : {}),
    ...(payment.refunds.length > 0 ? { refunds: halLink(`${self}/refunds`) } : {}),
    ...(payment.chargebacks.length > 0 ? { chargebacks: halLink(`${self}/chargebacks`) } : {}),
    documentation: docLink('get-payment'),
  };
}
