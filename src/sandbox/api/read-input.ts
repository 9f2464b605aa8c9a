import { DomainError } from '../../kernel/domain-error.js';
import { Money } from '../../kernel/money.js';
import { unprocessable } from './mollie-error.js';

export type Input = Record<string, unknown>;

const LOCALES = new Set(
  `ca_ES cs_CZ da_DK de_AT de_CH de_DE de_LU en_BE en_GB en_NL en_US es_ES fi_FI fr_BE fr_FR fr_LU hu_HU is_IS it_IT
  lt_LT lv_LV nb_NO nl_BE nl_NL pl_PL pt_PT sk_SK sv_SE`.split(/\s+/),
);
const METADATA_LIMIT = 1024;

export function asInput(body: unknown): Input {
  return (typeof body === 'object' && body !== null ? body : {}) as Input;
}

/** A string with exactly two decimals, in euros, more than nothing. @throws MollieError 422 */
export function readAmount(value: unknown, field = 'amount'): Money {
  const amount = readAmountOrZero(value, field);
  if (!amount.isPositive()) throw unprocessable(field, 'The amount is lower than the minimum');
  return amount;
}

/** @throws MollieError 422 */
export function readAmountOrZero(value: unknown, field = 'amount'): Money {
  if (typeof value !== 'object' || value === null) return missing(field, 'amount');
  const { currency, value: decimal } = value as Input;
  if (currency !== 'EUR') throw unprocessable(field, 'The currency is not supported');
  if (typeof decimal !== 'string') throw unprocessable(field, 'The amount contains an invalid value');
  try {
    return Money.fromDecimal(decimal, currency);
  } catch (error) {
    if (error instanceof DomainError) throw unprocessable(field, 'The amount contains an invalid value');
    throw error;
  }
}

/** Web addresses only: the checkout page sends people there. */
export function readUrl(input: Input, field: 'redirectUrl' | 'cancelUrl' | 'webhookUrl'): string | null {
  const value = input[field];
  if (value === undefined || value === null) return null;
  if (!isWebAddress(value)) throw unprocessable(field, `The ${field.replace('Url', '')} URL is invalid`);
  return value;
}

export function isWebAddress(value: unknown): value is string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  return url?.protocol === 'https:' || url?.protocol === 'http:';
}

export function readMetadata(value: unknown): unknown {
  if (value === undefined) return null;
  if (Buffer.byteLength(JSON.stringify(value)) > METADATA_LIMIT) {
    throw unprocessable('metadata', 'The metadata is too large, the maximum is about 1 kB');
  }
  return value;
}

export function readLocale(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || !LOCALES.has(value)) {
    throw unprocessable('locale', 'The locale is invalid');
  }
  return value;
}

/** Text that may be absent. */
export function readText(input: Input, field: string): string | null {
  const value = input[field];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw unprocessable(field, `The ${field} is invalid`);
  return value;
}

export function missing(field: string, name: string): never {
  throw unprocessable(field, `The ${name} is missing`);
}
