import type { LegalDate } from '../kernel/clock.js';
import { Money } from '../kernel/money.js';
import type { LedgerRole } from './ledger-accounts.js';

/** One side of one account, in a positive amount. */
export type PostingLine =
  | { account: LedgerRole; debit: Money; credit?: undefined }
  | { account: LedgerRole; credit: Money; debit?: undefined };

/** What can happen to money, with its name in the books. One entry per fact and source. */
export const LEDGER_FACTS = {
  gift_settled: 'Don encaissé',
  provider_fee: 'Frais du prestataire de paiement',
  tip: 'Contribution reversée à la plateforme',
  refund: 'Remboursement',
  refund_failed: 'Remboursement non abouti',
  dispute: 'Impayé',
  dispute_won: 'Impayé annulé',
  payout: 'Versement du prestataire',
  payout_difference: 'Écart de versement',
  offline_gift: 'Don hors ligne',
  offline_deposit: 'Remise en banque',
  correction: 'Correction',
} as const;
export type LedgerFact = keyof typeof LEDGER_FACTS;
export const LEDGER_FACT_NAMES = Object.keys(LEDGER_FACTS) as [LedgerFact, ...LedgerFact[]];

/** The row that an entry stands for: `payment`, `refund`, `dispute`, `settlement`… and its UUID. */
export interface LedgerSource {
  type: string;
  id: string;
}

export interface Posting {
  fact: LedgerFact;
  source: LedgerSource;
  /** The day in Europe/Paris on which the money moved. */
  occurredOn: LegalDate;
  /** For the accountant, in French; never personal data. Absent: the name of the fact. */
  label?: string;
  lines: PostingLine[];
}

export const amountOf = ({ debit, credit }: PostingLine): Money => debit ?? credit;

/**
 * The lines that move something, debits first as in every journal: those of zero are dropped.
 * @throws Error when a line is negative or the two sides differ. No input of a user can cause it: it is a fault of ours
 */
export function balancedLines({ fact, lines }: Pick<Posting, 'fact' | 'lines'>): PostingLine[] {
  const moving = lines.filter((line) => !amountOf(line).isZero());
  if (moving.length === 0) return [];
  if (moving.some((line) => !amountOf(line).isPositive()))
    throw new Error(`Ledger entry ${fact}: a line has a negative amount; the other side is meant.`);
  const { currency } = amountOf(moving[0]!);
  const sum = (sides: Array<Money | undefined>) =>
    sides.reduce<Money>((total, side) => (side ? total.plus(side) : total), Money.zero(currency));
  const debit = sum(moving.map((line) => line.debit));
  const credit = sum(moving.map((line) => line.credit));
  if (!debit.equals(credit))
    throw new Error(
      `Ledger entry ${fact} does not balance: debit ${debit.toDecimal()}, credit ${credit.toDecimal()}.`,
    );
  return [...moving.filter((line) => line.debit), ...moving.filter((line) => line.credit)];
}
