import type { LegalDate } from '../../kernel/clock.js';
import type { Money } from '../../kernel/money.js';

/** How one language writes amounts, days and countries. `intlTag` is a BCP 47 tag: "fr-FR", "en-IE". */
export interface Formatter {
  /** « 20 € », « 12,50 € »: whole amounts lose their ",00". */
  money(amount: Money): string;
  /** « 22 novembre 2026 » */
  date(day: LegalDate): string;
  /** « 22 nov. 2026, 14:05 », in Paris. */
  dateTime(instant: Date): string;
  number(value: number): string;
  /** The name of an ISO 3166-1 alpha-2 country. */
  country(code: string): string;
  compare(a: string, b: string): number;
}

export function createFormatter(intlTag: string): Formatter {
  const amounts = new Map<string, Intl.NumberFormat>();
  const amountFormat = (currency: string, decimals: number) => {
    const key = `${currency}${decimals}`;
    const known = amounts.get(key);
    if (known) return known;
    const style = { style: 'currency', currency, minimumFractionDigits: decimals } as const;
    const made = new Intl.NumberFormat(intlTag, { ...style, maximumFractionDigits: decimals });
    amounts.set(key, made);
    return made;
  };
  const days = new Intl.DateTimeFormat(intlTag, { dateStyle: 'long', timeZone: 'UTC' });
  const instants = new Intl.DateTimeFormat(intlTag, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  });
  const numbers = new Intl.NumberFormat(intlTag);
  const countries = new Intl.DisplayNames(intlTag, { type: 'region' });
  const collator = new Intl.Collator(intlTag);
  return {
    money: (amount) => {
      const decimal = amount.toDecimal();
      const format = amountFormat(amount.currency, /\.0+$/.test(decimal) ? 0 : 2);
      return narrow(format.format(decimal as Intl.StringNumericLiteral));
    },
    date: (day) => days.format(new Date(`${day}T00:00:00Z`)),
    dateTime: (instant) => instants.format(instant),
    number: (value) => narrow(numbers.format(value)),
    country: (code) => countries.of(code) ?? code,
    compare: (a, b) => collator.compare(a, b),
  };
}

/** Intl writes « 20 € » with a wide no-break space; French print uses the narrow one. */
function narrow(text: string): string {
  return text.replace(/\u00a0/g, '\u202f');
}
