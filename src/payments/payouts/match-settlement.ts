import { Money } from '../../kernel/money.js';
import type { ProviderSettlement, SettlementPart, SettlementParts } from '../providers/payment-provider.js';

export const PART_KINDS = ['payment', 'refund', 'dispute'] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** `unknown`: no row of ours. `amount`: ours is another. `state`: ours does not say that this money moved. */
export const PART_FAULTS = ['unknown', 'amount', 'state'] as const;
export type PartFault = (typeof PART_FAULTS)[number];

/** A row of ours that a part of a settlement is about. */
export interface KnownPart {
  kind: PartKind;
  providerId: string;
  rowId: string;
  paymentId: string;
  /** As the provider counts it: what the donor paid, was refunded, or took back. */
  amount: Money;
  /** The contribution to the platform in it, which the provider has passed on; of payments. */
  applicationFee: Money;
  /** Has the money been taken, or received, and has it come back? */
  hasMoved: boolean;
  hasReturned: boolean;
}

export interface MatchedPart {
  kind: PartKind;
  providerId: string;
  rowId: string | null;
  paymentId: string | null;
  /** What it moved, as the provider tells it. */
  moved: Money;
  /** What it moved by our own books. */
  explained: Money;
  fault: PartFault | null;
}

export interface MatchedPayout {
  parts: MatchedPart[];
  explained: Money;
  /** What arrived beyond what our books explain; below zero when it is less. */
  difference: Money;
}

export function partKey(kind: PartKind, providerId: string): string {
  return `${kind} ${providerId}`;
}

/** The parts with their kinds, in the order of the provider. */
export function partsOf(parts: SettlementParts): Array<SettlementPart & { kind: PartKind }> {
  const as = (kind: PartKind) => (part: SettlementPart) => ({ ...part, kind });
  return [
    ...parts.payments.map(as('payment')),
    ...parts.refunds.map(as('refund')),
    ...parts.chargebacks.map(as('dispute')),
  ];
}

/**
 * Holds a payout against our own books: amount = explained - costs + difference. Whatever is not ours, or not as ours
 * says, is in the difference.
 */
export function matchSettlement(
  { amount, costs }: Pick<ProviderSettlement, 'amount' | 'costs'>,
  told: SettlementParts,
  known: ReadonlyMap<string, KnownPart>,
): MatchedPayout {
  const parts = partsOf(told).map((part) => matchPart(part, known.get(partKey(part.kind, part.id))));
  const explained = parts.reduce((sum, part) => sum.plus(part.explained), Money.zero(amount.currency));
  return { parts, explained, difference: amount.plus(costs).minus(explained) };
}

function matchPart(
  { kind, id: providerId, moved }: SettlementPart & { kind: PartKind },
  ours: KnownPart | undefined,
): MatchedPart {
  const nothing = Money.zero(moved.currency);
  if (!ours) {
    return { kind, providerId, rowId: null, paymentId: null, moved, explained: nothing, fault: 'unknown' };
  }
  const byBooks = movedByBooks(ours, moved);
  const { rowId, paymentId } = ours;
  const fault = byBooks ? faultOf(ours, moved) : ('state' as const);
  return { kind, providerId, rowId, paymentId, moved, explained: byBooks ?? nothing, fault };
}

/** In the direction that the provider tells; undefined when our books know no such move. */
function movedByBooks(ours: KnownPart, moved: Money): Money | undefined {
  const nothing = Money.zero(moved.currency);
  if (ours.kind === 'payment') return ours.hasMoved ? ours.amount.minus(ours.applicationFee) : undefined;
  if (moved.isZero()) return ours.hasMoved && ours.hasReturned ? nothing : undefined;
  if (moved.isPositive()) return ours.hasReturned ? ours.amount : undefined;
  return ours.hasMoved ? nothing.minus(ours.amount) : undefined;
}

function faultOf(ours: KnownPart, moved: Money): PartFault | null {
  const size = moved.isPositive() ? moved : Money.zero(moved.currency).minus(moved);
  return moved.isZero() || size.equals(ours.amount) ? null : 'amount';
}
