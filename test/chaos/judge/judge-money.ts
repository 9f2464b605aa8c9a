import type { Evidence, KeptMovement } from './evidence.js';
import type { RemotePayment } from '../house/provider.js';

/** The facts of the ledger that undo each other are one sum. */
const KINDS = {
  gift_settled: 'paid',
  tip: 'tip',
  refund: 'refunded',
  refund_failed: 'refunded',
  dispute: 'disputed',
  dispute_won: 'disputed',
} as const;
type Kind = (typeof KINDS)[keyof typeof KINDS];
type Sums = Record<Kind, number>;

export interface Difference {
  payment: string;
  kind: string;
  ledgerCents: number;
  providerCents: number;
}

/** Payment by payment and kind by kind: what the ledger has moved, and what the provider says has moved. */
export function differences({ remote, payments, movements }: Evidence): Difference[] {
  const ours = new Map(payments.map(({ id, providerId }) => [id, providerId ?? id]));
  const ledger = new Map<string, Sums>();
  const strange: Difference[] = [];
  for (const movement of movements) {
    const kind = kindOf(movement);
    const payment = movement.paymentId === null ? undefined : ours.get(movement.paymentId);
    if (kind === undefined) continue;
    if (payment === undefined) strange.push(difference('of no payment', kind, movement.cents, 0));
    else add(ledger, payment, kind, movement.cents);
  }
  const provider = new Map(remote.map((payment) => [payment.id, sumsAtProvider(payment)]));
  const all = new Set([...ledger.keys(), ...provider.keys()]);
  return [
    ...strange,
    ...[...all].flatMap((payment) =>
      compare(payment, ledger.get(payment) ?? nothing(), provider.get(payment) ?? nothing()),
    ),
  ];
}

/** Nothing may hide behind something else: differences of both signs add up. */
export function sumOf(found: Difference[]): number {
  return found.reduce(
    (sum, { ledgerCents, providerCents }) => sum + Math.abs(ledgerCents - providerCents),
    0,
  );
}

function sumsAtProvider({ status, amount, applicationFee, refunds, chargebacks }: RemotePayment): Sums {
  const isPaid = status === 'paid';
  const sum = (parts: Array<{ amount: { cents: number } }>): number =>
    parts.reduce((total, part) => total + part.amount.cents, 0);
  return {
    paid: isPaid ? amount.cents : 0,
    tip: isPaid ? -(applicationFee?.amount.cents ?? 0) : 0,
    refunded: -sum(refunds.filter((refund) => ['processing', 'refunded'].includes(refund.status))),
    disputed: -sum(chargebacks.filter((chargeback) => chargeback.reversedAt === null)),
  };
}

function compare(payment: string, ledger: Sums, provider: Sums): Difference[] {
  return (Object.keys(ledger) as Kind[])
    .filter((kind) => ledger[kind] !== provider[kind])
    .map((kind) => difference(payment, kind, ledger[kind], provider[kind]));
}

const kindOf = ({ fact }: KeptMovement): Kind | undefined => KINDS[fact as keyof typeof KINDS];
const nothing = (): Sums => ({ paid: 0, tip: 0, refunded: 0, disputed: 0 });
const difference = (
  payment: string,
  kind: string,
  ledgerCents: number,
  providerCents: number,
): Difference => ({
  payment,
  kind,
  ledgerCents,
  providerCents,
});

function add(ledger: Map<string, Sums>, payment: string, kind: Kind, cents: number): void {
  const sums = ledger.get(payment) ?? nothing();
  sums[kind] += cents;
  ledger.set(payment, sums);
}
