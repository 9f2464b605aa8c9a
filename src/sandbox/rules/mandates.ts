import type { SandboxContext } from '../sandbox-context.js';
import { randomId } from '../state/random-id.js';
import type { CustomerRecord, MandateMethod, MandateRecord, PaymentRecord } from '../state/records.js';
import { findMethod } from './methods.js';

const SANDBOX_IBAN = 'FR7630006000011234567890189';
const SANDBOX_BIC = 'AGRIFRPP';
const CARD_YEARS = 3;

/** What the merchant may charge without the donor. */
export function addMandate(
  context: SandboxContext,
  customer: CustomerRecord,
  given: Pick<MandateRecord, 'method' | 'details'> & Partial<MandateRecord>,
): MandateRecord {
  const now = context.clock.now().toISOString();
  const mandate: MandateRecord = {
    id: randomId('mdt'),
    status: 'valid',
    revokedAt: null,
    signatureDate: now.slice(0, 10),
    mandateReference: null,
    createdAt: now,
    ...given,
  };
  customer.mandates.push(mandate);
  context.state.customers.save(customer);
  return mandate;
}

/** A first payment that is paid gives a mandate. */
export function mandateOfPaid(context: SandboxContext, payment: PaymentRecord): MandateRecord | null {
  return mandateOfFirst(context, payment, 'valid');
}

/** One that its donor cancels by card leaves a mandate too, forever pending (mollie/api-documentation#455). */
export function mandateOfCanceled(context: SandboxContext, payment: PaymentRecord): void {
  if (findMethod(payment.method ?? '')?.mandate === 'creditcard') mandateOfFirst(context, payment, 'pending');
}

function mandateOfFirst(
  context: SandboxContext,
  payment: PaymentRecord,
  status: MandateRecord['status'],
): MandateRecord | null {
  const customer = context.state.customers.get(payment.customerId ?? '');
  const method = findMethod(payment.method ?? '')?.mandate;
  if (!customer || !method) return null;
  const details = detailsOf(method, customer, context);
  const mandate = addMandate(context, customer, { method, details, status });
  if (method === 'directdebit') mandate.mandateReference = `SD${mandate.id.slice(4, 16).toUpperCase()}`;
  return mandate;
}

/** Mollie takes the latest that can be used (docs.mollie.com, "Recurring payments"). */
export function latestValidMandate(
  customer: CustomerRecord,
  methods: readonly string[] = [],
): MandateRecord | null {
  const usable = customer.mandates.filter(
    (one) => isUsable(one) && (methods.length === 0 || methods.includes(one.method)),
  );
  return usable.at(-1) ?? null;
}

export function isUsable(mandate: MandateRecord): boolean {
  return mandate.revokedAt === null && mandate.status === 'valid';
}

/** A card is taken back by its holder's bank: it must not be charged again (help.mollie.com, chargebacks). */
export function loseCardMandate(context: SandboxContext, payment: PaymentRecord): void {
  const customer = context.state.customers.get(payment.customerId ?? '');
  const mandate = customer?.mandates.find((one) => one.id === payment.mandateId);
  if (!customer || mandate?.method !== 'creditcard') return;
  mandate.status = 'invalid';
  context.state.customers.save(customer);
}

function detailsOf(
  method: MandateMethod,
  customer: CustomerRecord,
  context: SandboxContext,
): Record<string, string> {
  const name = customer.name ?? 'Donateur du bac à sable';
  if (method === 'paypal') {
    return { consumerName: name, consumerAccount: customer.email ?? 'donateur@example.org' };
  }
  if (method === 'directdebit') {
    return { consumerName: name, consumerAccount: SANDBOX_IBAN, consumerBic: SANDBOX_BIC };
  }
  const expiry = new Date(context.clock.now());
  // Day 0 of the month after: cards are good until the last day of a month.
  expiry.setUTCFullYear(expiry.getUTCFullYear() + CARD_YEARS, expiry.getUTCMonth() + 1, 0);
  return {
    cardHolder: name,
    cardNumber: '6787',
    cardExpiryDate: expiry.toISOString().slice(0, 10),
    cardLabel: 'Visa',
    cardFingerprint: `fp${customer.id.slice(4, 24)}`,
  };
}
