import { innerId, publicId } from '../../../src/kernel/ids.js';
import type { Evidence } from './evidence.js';

/** Paid at the provider and not with us; or taken with a word to the donor, and not there. */
export function giftsLost({ remote, payments, donations, taken }: Evidence): string[] {
  const paymentOf = new Map(payments.map((payment) => [payment.id, payment]));
  const donationOf = new Map(donations.map((donation) => [donation.id, donation]));
  const paid = remote
    .filter(({ status }) => status === 'paid')
    .flatMap(({ id, metadata }) => {
      const payment = paymentOf.get(metadata?.paymentId ?? '');
      if (!payment) return [`${id} is paid at the provider and unknown to us`];
      if (payment.providerId !== id)
        return [`${id} is paid at the provider, and our payment is ${payment.providerId}`];
      if (payment.state !== 'paid') return [`${id} is paid at the provider and ${payment.state} with us`];
      const state = donationOf.get(payment.reference)?.state;
      return state === 'paid' ? [] : [`${id} is paid, and its gift is ${state ?? 'nowhere'}`];
    });
  const gone = taken
    .filter(({ id }) => !donationOf.has(innerId('donation', id)))
    .map(({ id, life }) => `${id} (${life}) was taken and is nowhere`);
  return [...paid, ...gone];
}

/** Two paid payments for one gift, unless the donor meant it: then somebody must have been told. */
export function chargedTwice({ remote, payments, taken, toldTwicePaid }: Evidence): string[] {
  const referenceOf = new Map(payments.map(({ id, reference }) => [id, reference]));
  const told = new Set(toldTwicePaid);
  const meant = new Set(taken.filter((gift) => gift.isPaidTwiceOnPurpose).map(({ id }) => id));
  const paid = new Map<string, string[]>();
  for (const { id, status, metadata } of remote) {
    const reference = referenceOf.get(metadata?.paymentId ?? '');
    if (status !== 'paid' || reference === undefined) continue;
    const gift = publicId('donation', reference);
    paid.set(gift, [...(paid.get(gift) ?? []), id]);
  }
  return [...paid].flatMap(([gift, ids]) => {
    if (ids.length === 1) return [];
    if (!meant.has(gift)) return [`${gift} was charged ${ids.length} times: ${ids.join(', ')}`];
    return told.has(gift) ? [] : [`${gift} was paid twice in two tabs, and nobody was told`];
  });
}

/** A charge may come late, when it is tried again; two of one month are nearer than these. */
const DAYS_APART = 10;
const DAY_MS = 86_400_000;

/** Asked of the provider alone: whoever gives each month has a customer there of their own. */
export function plansChargedTwice({ remote }: Evidence): string[] {
  const ofCustomer = new Map<string, Evidence['remote']>();
  for (const payment of remote) {
    if (payment.status !== 'paid' || payment.customerId === null) continue;
    ofCustomer.set(payment.customerId, [...(ofCustomer.get(payment.customerId) ?? []), payment]);
  }
  return [...ofCustomer].flatMap(([customer, payments]) => {
    const times = payments.map(({ createdAt }) => Date.parse(createdAt)).sort((a, b) => a - b);
    const isTwice = times.some((at, nth) => nth > 0 && at - times[nth - 1]! < DAYS_APART * DAY_MS);
    return isTwice ? [`${customer} was charged twice within ${DAYS_APART} days`] : [];
  });
}
