import { Money, type MoneyJson } from '../../kernel/money.js';
import type { MandateMethod, PaymentRecord, SequenceType } from '../state/records.js';

export interface Method {
  id: string;
  names: { fr: string; en: string };
  minimum: MoneyJson;
  maximum: MoneyJson;
  /** How long a donor may take with it. */
  lifeMs: number;
  takesCards: boolean;
  sequences: readonly SequenceType[];
  /** What a paid first payment lets the merchant do later. */
  mandate: MandateMethod | null;
  /** May a first payment be of nothing, only to get the mandate? */
  zeroFirst: boolean;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const eur = (cents: number): MoneyJson => ({ cents, currency: 'EUR' });

/** What a French association usually has switched on. Limits and lives are Mollie's published defaults. */
export const METHODS: readonly Method[] = [
  {
    id: 'creditcard',
    names: { fr: 'Carte bancaire', en: 'Card' },
    minimum: eur(1),
    maximum: eur(1_000_000),
    lifeMs: 30 * MINUTE,
    takesCards: true,
    sequences: ['oneoff', 'first', 'recurring'],
    mandate: 'creditcard',
    zeroFirst: true,
  },
  {
    id: 'applepay',
    names: { fr: 'Apple Pay', en: 'Apple Pay' },
    minimum: eur(1),
    maximum: eur(1_000_000),
    lifeMs: 30 * MINUTE,
    takesCards: true,
    sequences: ['oneoff', 'first'],
    mandate: 'creditcard',
    zeroFirst: false,
  },
  {
    id: 'paypal',
    names: { fr: 'PayPal', en: 'PayPal' },
    minimum: eur(1),
    maximum: eur(800_000),
    lifeMs: 3 * DAY,
    takesCards: false,
    sequences: ['oneoff', 'first', 'recurring'],
    mandate: 'paypal',
    zeroFirst: true,
  },
  {
    id: 'banktransfer',
    names: { fr: 'Virement bancaire', en: 'Bank transfer' },
    minimum: eur(1),
    maximum: eur(100_000_000),
    lifeMs: 14 * DAY,
    takesCards: false,
    sequences: ['oneoff'],
    mandate: null,
    zeroFirst: false,
  },
  {
    id: 'bancontact',
    names: { fr: 'Bancontact', en: 'Bancontact' },
    minimum: eur(1),
    maximum: eur(1_000_000),
    lifeMs: 60 * MINUTE,
    takesCards: false,
    sequences: ['oneoff', 'first'],
    mandate: 'directdebit',
    zeroFirst: false,
  },
  {
    id: 'directdebit',
    names: { fr: 'Prélèvement SEPA', en: 'SEPA Direct Debit' },
    minimum: eur(1),
    maximum: eur(100_000),
    lifeMs: 14 * DAY,
    takesCards: false,
    sequences: ['recurring'],
    mandate: null,
    zeroFirst: false,
  },
];

/** Mollie's other methods: a valid name, but not switched on here. */
const KNOWN_ELSEWHERE = new Set(
  `alma bacs bancomatpay belfius billie billink bizum blik eps giftcard googlepay ideal in3
  kbc klarna mbway mobilepay multibanco mybank paybybank paysafecard pointofsale przelewy24 riverty satispay swish
  trustly twint vipps voucher`.split(/\s+/),
);

const UNDECIDED_LIFE_MS = 30 * MINUTE;

export function findMethod(id: string): Method | undefined {
  return METHODS.find((method) => method.id === id);
}

export function isKnownMethod(id: string): boolean {
  return findMethod(id) !== undefined || KNOWN_ELSEWHERE.has(id);
}

export function fitsMethod(amount: Money, method: Method, sequence: SequenceType): boolean {
  if (!method.sequences.includes(sequence)) return false;
  if (sequence === 'first' && method.zeroFirst && amount.isZero()) return true;
  return (
    amount.compare(Money.fromJson(method.minimum)) >= 0 && amount.compare(Money.fromJson(method.maximum)) <= 0
  );
}

export function lifeMsOf(method: string | null): number {
  return (method === null ? undefined : findMethod(method))?.lifeMs ?? UNDECIDED_LIFE_MS;
}

/** The methods that a payment's page offers. */
export function offeredMethods(payment: PaymentRecord): Method[] {
  const { allowedMethods: allowed, sequenceType } = payment;
  const amount = Money.fromJson(payment.amount);
  return METHODS.filter(
    (method) =>
      (allowed.length === 0 || allowed.includes(method.id)) && fitsMethod(amount, method, sequenceType),
  );
}
