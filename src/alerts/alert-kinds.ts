import { ID_PREFIXES, publicId, type IdKind } from '../kernel/ids.js';

/** Something that the machine noticed and only a person can put right. */
export const ALERT_KINDS = [
  // One gift, two payments: the second is to be given back.
  'donation_paid_twice',
  // The provider told of a payment that does not fit the attempt it claims to be.
  'payment_mismatch',
  // A donor's bank took the money back.
  'dispute_opened',
  // The money of a refund did not arrive, and is the association's again.
  'refund_failed',
  // A payout is not the sum of what it is said to be made of.
  'payout_difference',
  // The association's account at the provider no longer lets us in.
  'account_disconnected',
  // A regular gift could not be charged, for a reason that is neither the donor's nor their bank's.
  'charge_failed',
  // A mail was given up: its reader knows nothing of what it told.
  'mail_failed',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** What an alert is about: a row, by the kind of its public id. */
export interface AlertSubject {
  type: IdKind;
  id: string;
}

/** A request that does something about it; `body` is its whole JSON. */
export interface AlertAction {
  rel: string;
  method: 'GET' | 'POST';
  href: string;
  body?: Record<string, unknown>;
}

type Details = Record<string, unknown>;

/** Reasons are French: they stand in the association's books. */
const ACTIONS: Record<AlertKind, (subject: string, details: Details) => AlertAction[]> = {
  donation_paid_twice: (payment) => [refundOf(payment, 'Don payé deux fois')],
  payment_mismatch: (payment) => [look('payment', `/v1/payments/${payment}`)],
  dispute_opened: (dispute) => [look('dispute', `/v1/disputes/${dispute}`)],
  refund_failed: (_refund, { payment }) => [refundOf(String(payment), 'Remboursement non abouti, repris')],
  payout_difference: (payout) => [look('payout', `/v1/payouts/${payout}`)],
  account_disconnected: () => [{ rel: 'connect', method: 'POST', href: '/v1/mollie/connect', body: {} }],
  charge_failed: (plan) => [{ rel: 'retry', method: 'POST', href: `/v1/plans/${plan}/retry` }],
  // Sending to the same address again would fail again: the donor is to be asked for another.
  mail_failed: () => [],
};

/** Without an amount: all that can still be given back. */
function refundOf(payment: string, reason: string): AlertAction {
  return { rel: 'refund', method: 'POST', href: `/v1/payments/${payment}/refunds`, body: { reason } };
}

const look = (rel: string, href: string): AlertAction => ({ rel, method: 'GET', href });

/** What can be done about an open alert, by one request each. */
export function actionsOf(kind: AlertKind, subject: AlertSubject, details: Details): AlertAction[] {
  return ACTIONS[kind](publicSubject(subject), details);
}

export function publicSubject({ type, id }: AlertSubject): string {
  return type in ID_PREFIXES ? publicId(type, id) : id;
}
