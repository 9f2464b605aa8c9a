import type { RemotePayment } from '../house/provider.js';
import type { Evidence } from './evidence.js';

/** One gift, one living receipt; and the numbers of a year follow one another. */
export function receiptsTwice({ receipts }: Evidence): string[] {
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
    ...[...living].filter(([, count]) => count > 1).map(([gift, count]) => `${gift} has ${count} receipts`),
    ...gaps.map((number) => `the number ${number} is missing`),
  ];
}

/** Money that came and stayed entitles to a receipt. */
export function receiptsMissing(evidence: Evidence): string[] {
  const kept = keptOf(evidence);
  const living = new Set(evidence.receipts.filter(({ isLiving }) => isLiving).map((one) => one.donationId));
  return evidence.donations
    .filter(({ id, wantsReceipt }) => wantsReceipt && (kept.get(id) ?? 0) > 0 && !living.has(id))
    .map(({ id }) => `the paid gift ${id} has no receipt`);
}

/** A receipt attests what was kept. What was paid twice is more than the gift, and the receipt is of the gift. */
export function receiptsWrong(evidence: Evidence): string[] {
  const kept = keptOf(evidence);
  const attempts = countBy(
    evidence.payments.filter(({ state }) => state === 'paid'),
    ({ reference }) => reference,
  );
  return evidence.receipts
    .filter(({ isLiving, donationId }) => isLiving && attempts.get(donationId) === 1)
    .filter(({ donationId, amountCents }) => amountCents !== kept.get(donationId))
    .map(
      ({ donationId, amountCents }) => `${donationId}: ${amountCents} attested, ${kept.get(donationId)} kept`,
    );
}

/** By donation, what the provider says has come and stayed. */
function keptOf({ remote, payments }: Evidence): Map<string, number> {
  const referenceOf = new Map(payments.map(({ id, reference }) => [id, reference]));
  const kept = new Map<string, number>();
  for (const payment of remote) {
    const reference = referenceOf.get(payment.metadata?.paymentId ?? '');
    if (reference !== undefined && payment.status === 'paid')
      kept.set(reference, (kept.get(reference) ?? 0) + keptFrom(payment));
  }
  return kept;
}

function keptFrom({ amount, refunds, chargebacks }: RemotePayment): number {
  const gone = [
    ...refunds.filter(({ status }) => ['processing', 'refunded'].includes(status)),
    ...chargebacks.filter(({ reversedAt }) => reversedAt === null),
  ];
  return gone.reduce((left, part) => left - part.amount.cents, amount.cents);
}

function countBy<T>(items: T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
