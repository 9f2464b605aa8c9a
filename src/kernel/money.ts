import { DomainError } from './domain-error.js';

/** ISO 4217 codes that Obole takes. Arithmetic never assumes one: it compares. */
export const CURRENCIES = ['EUR'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** The shape of money in the API: integer cents and an ISO 4217 code. */
export interface MoneyJson {
  cents: number;
  currency: Currency;
}

/** Decimals of each currency: the provider wants exactly that many (mollie.com, amounts are strings). */
const DECIMALS: Record<Currency, number> = { EUR: 2 };

function assertSafe(cents: number): number {
  if (!Number.isSafeInteger(cents)) {
    throw new DomainError(
      'invalid',
      'amount_not_integer_cents',
      'An amount is a whole number of cents, below 2^53.',
    );
  }
  return cents;
}

/** An amount in integer cents with its currency. Immutable; refuses unsafe integers and mixed currencies. */
export class Money {
  private constructor(
    readonly cents: number,
    readonly currency: Currency,
  ) {
    Object.freeze(this);
  }

  /** @throws DomainError `amount_not_integer_cents` */
  static of(cents: number, currency: Currency = 'EUR'): Money {
    return new Money(assertSafe(cents), currency);
  }

  static zero(currency: Currency = 'EUR'): Money {
    return new Money(0, currency);
  }

  static fromJson(json: MoneyJson): Money {
    return Money.of(json.cents, json.currency);
  }

  /** Parses a provider's decimal string ("12.50"); exactly the currency's decimals or it is refused. */
  static fromDecimal(value: string, currency: Currency): Money {
    const decimals = DECIMALS[currency];
    if (!new RegExp(`^-?\\d{1,13}\\.\\d{${decimals}}$`).test(value)) {
      throw new DomainError('invalid', 'amount_malformed', `"${value}" is no ${currency} amount.`);
    }
    return Money.of(Number(value.replace('.', '')), currency);
  }

  /**
   * Parses what a person types in a French or English form: "50", "12,5", "1 234,56 €".
   * Returns undefined for anything else: the caller words the error.
   */
  static parseTyped(text: string, currency: Currency = 'EUR'): Money | undefined {
    const compact = text.replace(/[\s\u00a0\u202f€]/g, '');
    const match = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(compact);
    if (!match) return undefined;
    return Money.of(Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')), currency);
  }

  plus(other: Money): Money {
    this.assertSame(other);
    return Money.of(this.cents + other.cents, this.currency);
  }

  minus(other: Money): Money {
    this.assertSame(other);
    return Money.of(this.cents - other.cents, this.currency);
  }

  /** A share in whole percent, half a cent rounded away from zero: 66 % of 0.25 is 0.17. */
  percent(percent: number): Money {
    if (!Number.isSafeInteger(percent) || percent < 0)
      throw new RangeError('percent must be a whole number, not negative');
    const product = assertSafe(Math.abs(this.cents) * percent);
    const rest = product % 100;
    const share = (product - rest) / 100 + (rest >= 50 ? 1 : 0);
    return Money.of(this.cents < 0 ? -share : share, this.currency);
  }

  compare(other: Money): number {
    this.assertSame(other);
    return this.cents - other.cents;
  }

  equals(other: Money): boolean {
    return this.currency === other.currency && this.cents === other.cents;
  }

  isPositive(): boolean {
    return this.cents > 0;
  }

  isZero(): boolean {
    return this.cents === 0;
  }

  /** "12.50": a provider's decimal string, exactly the currency's decimals. */
  toDecimal(): string {
    const decimals = DECIMALS[this.currency];
    const digits = String(Math.abs(this.cents)).padStart(decimals + 1, '0');
    const sign = this.cents < 0 ? '-' : '';
    return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  }

  /** « 1 234,56 € » or "€1,234.56"; whole amounts lose their ",00" when `short`. */
  format(locale: 'fr' | 'en' = 'fr', style: 'full' | 'short' = 'full'): string {
    const whole = this.cents % 100 === 0;
    return formatter(locale, this.currency, style === 'short' && whole ? 0 : DECIMALS[this.currency]).format(
      this.cents / 100,
    );
  }

  toJSON(): MoneyJson {
    return { cents: this.cents, currency: this.currency };
  }

  private assertSame(other: Money): void {
    if (other.currency !== this.currency) {
      throw new DomainError(
        'invalid',
        'currency_mismatch',
        `${this.currency} and ${other.currency} cannot be mixed.`,
      );
    }
  }
}

const formatters = new Map<string, Intl.NumberFormat>();

/** Intl.NumberFormat is costly to build; there are only a handful of them. */
function formatter(locale: 'fr' | 'en', currency: Currency, decimals: number): Intl.NumberFormat {
  const key = `${locale}${currency}${decimals}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-IE', {
      style: 'currency',
      currency,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formatters.set(key, found);
  }
  return found;
}
