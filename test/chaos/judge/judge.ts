import { innerId, publicId } from '../../../src/kernel/ids.js';
import type { Evidence, KeptReceipt } from './evidence.js';
import { differences, sumOf } from './judge-money.js';

/** Counts of what must not be. Each finding is a line that says which one. */
export interface Verdict {
  giftsLost: number;
  chargedTwice: number;
  receiptsTwice: number;
  receiptsMissing: number;
  mailsTwice: number;
  mailsMissing: number;
  ledgerDiffCents: number;
  jobsDead: number;
  findings: string[];
}

export function judge(evidence: Evidence): Verdict {
  const lost = giftsLost(evidence);
  const twice = chargedTwice(evidence);
  const receipts = receiptsTwice(evidence.receipts);
  const missing = receiptsMissing(evidence);
  const mails = mailsTwice(evidence);
  const unthanked = mailsMissing(evidence);
  const differing = differences(evidence);
  const dead = evidence.deadJobs.map(({ job, error }) => `job given up: ${job}: ${error}`);
  return {
    giftsLost: lost.length,
    chargedTwice: twice.length,
    receiptsTwice: receipts.length,
    receiptsMissing: missing.length,
    mailsTwice: mails.length,
    mailsMissing: unthanked.length,
    ledgerDiffCents: sumOf(differing),
    jobsDead: dead.length,
    findings: [
      ...lost,
      ...twice,
      ...receipts,
      ...missing,
      ...mails,
      ...unthanked,
      ...differing.map(
        ({ payment, kind, ledgerCents, providerCents }) =>
          `${payment}, ${kind}: the ledger has ${ledgerCents} cents, the provider ${providerCents}`,
      ),
      ...dead,
    ],
  };
}

/** Paid at the provider and not with us; or taken with a word to the donor, and not there. */
function giftsLost({ remote, payments, donations, taken }: Evidence): string[] {
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
function chargedTwice({ remote, payments, taken, toldTwicePaid }: Evidence): string[] {
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

/** One gift, one living receipt; and the numbers of a year follow one another. */
function receiptsTwice(receipts: KeptReceipt[]): string[] {
  const living = countBy(
    receipts.filter(({ isLiving }) => isLiving),
    ({ donationId }) => donationId,
  );
  const years = countBy(receipts, ({ year }) => String(year));
  const numbers = new Set(receipts.map(({ year, sequence }) => `${year}-${sequence}`));
  const gaps = [...years].flatMap(([year, count]) =>
    Array.from({ length: count }, (_, nth) => `${year}-${nth + 1}`).filter((number) => !numbers.has(number)),
  );
  return [
    ...[...living]
      .filter(([, count]) => count > 1)
      .map(([gift, count]) => `gift ${gift} has ${count} receipts`),
    ...gaps.map((number) => `the receipt number ${number} is missing`),
  ];
}

/** Money that came and stayed entitles to a receipt. */
function receiptsMissing({ donations, receipts, payments, remote }: Evidence): string[] {
  const has = new Set(receipts.map(({ donationId }) => donationId));
  const returned = new Set(
    remote.filter(({ refunds, chargebacks }) => refunds.length + chargebacks.length > 0).map(({ id }) => id),
  );
  const isTouched = new Set(
    payments.filter(({ providerId }) => returned.has(providerId ?? '')).map(({ reference }) => reference),
  );
  return donations
    .filter(
      ({ id, state, wantsReceipt }) => state === 'paid' && wantsReceipt && !has.has(id) && !isTouched.has(id),
    )
    .map(({ id }) => `the paid gift ${id} has no receipt`);
}

/** The same words to the same person under two Message-IDs. Links are left out: each mail may have its own. */
function mailsTwice({ mails, deliveries }: Evidence): string[] {
  const known = new Map(deliveries.map(({ id, fact }) => [publicId('mail', id), fact]));
  const ids = new Map<string, Set<string>>();
  const strangers: string[] = [];
  for (const { messageId, recipient, subject, text } of mails) {
    const fact = known.get(messageId.slice(1).split('@')[0]!);
    if (fact === undefined) strangers.push(`a mail nobody wrote down: ${messageId}`);
    for (const key of [`${recipient} ${subject} ${text.replace(/https?:\S+/g, '')}`, `fact ${fact}`]) {
      ids.set(key, (ids.get(key) ?? new Set()).add(messageId));
    }
  }
  const doubled = [...ids]
    .filter(([, found]) => found.size > 1)
    .map(([key]) => `mailed twice: ${key.slice(0, 200)}`);
  return [...strangers, ...doubled];
}

/** Every paid gift is thanked for, and what was written down was taken by the mail server. */
function mailsMissing({ donations, mails, deliveries }: Evidence): string[] {
  const taken = new Set(mails.map(({ messageId }) => messageId.slice(1).split('@')[0]!));
  const thanked = new Set(
    deliveries.filter(({ fact }) => fact.startsWith('thank-you')).map(({ fact }) => fact.split(':').at(-1)),
  );
  return [
    ...donations
      .filter(({ id, state }) => state === 'paid' && !thanked.has(id))
      .map(({ id }) => `the paid gift ${id} is not thanked for`),
    ...deliveries
      .filter(({ id, state }) => state !== 'sent' || !taken.has(publicId('mail', id)))
      .map(({ fact, state }) => `the mail ${fact} is ${state} and never arrived`),
  ];
}

function countBy<T>(items: T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
