import { DomainError } from '../../kernel/domain-error.js';
import { Money } from '../../kernel/money.js';
import type { NewPayment } from '../rules/create-payment.js';
import { METHODS, findMethod, fitsMethod, isKnownMethod } from '../rules/methods.js';
import { unprocessable } from './mollie-error.js';

/** What the API asks for; the caller adds whose it is. */
export type PaymentWish = Omit<NewPayment, 'profileId'>;

type Input = Record<string, unknown>;

const LOCALES = new Set(
  `ca_ES cs_CZ da_DK de_AT de_CH de_DE de_LU en_BE en_GB en_NL en_US es_ES fi_FI fr_BE fr_FR fr_LU hu_HU is_IS it_IT
  lt_LT lv_LV nb_NO nl_BE nl_NL pl_PL pt_PT sk_SK sv_SE`.split(/\s+/),
);
const METADATA_LIMIT = 1024;
const DESCRIPTION_LIMIT = 255;

/** @throws MollieError 422 with the first wrong field */
export function validatePayment(body: unknown): PaymentWish {
  const input = (typeof body === 'object' && body !== null ? body : {}) as Input;
  const amount = readAmount(input.amount);
  const methods = readMethods(input.method, amount);
  if (input.sequenceType !== undefined && input.sequenceType !== 'oneoff') {
    throw unprocessable('sequenceType', 'The sandbox makes one-off payments only.');
  }
  if (input.captureMode !== undefined && input.captureMode !== 'automatic') {
    throw unprocessable('captureMode', 'The sandbox captures automatically only.');
  }
  return {
    amount,
    description: readDescription(input.description),
    redirectUrl: readUrl(input, 'redirectUrl') ?? missing('redirectUrl', 'redirect URL'),
    cancelUrl: readUrl(input, 'cancelUrl'),
    webhookUrl: readUrl(input, 'webhookUrl'),
    metadata: readMetadata(input.metadata),
    locale: readLocale(input.locale),
    methods,
  };
}

/** @throws MollieError 422: a string with exactly two decimals, in euros. */
export function readAmount(value: unknown, field = 'amount'): Money {
  if (typeof value !== 'object' || value === null) return missing(field, 'amount');
  const { currency, value: decimal } = value as Input;
  if (currency !== 'EUR') throw unprocessable(field, 'The currency is not supported');
  if (typeof decimal !== 'string') throw unprocessable(field, 'The amount contains an invalid value');
  let amount: Money;
  try {
    amount = Money.fromDecimal(decimal, currency);
  } catch (error) {
    if (error instanceof DomainError) throw unprocessable(field, 'The amount contains an invalid value');
    throw error;
  }
  if (!amount.isPositive()) throw unprocessable(field, 'The amount is lower than the minimum');
  return amount;
}

function readMethods(value: unknown, amount: Money): string[] {
  const asked = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  const methods = asked.map((id: unknown) => {
    if (typeof id !== 'string' || !isKnownMethod(id)) {
      throw unprocessable('method', 'The payment method is invalid');
    }
    const method = findMethod(id);
    if (!method) throw unprocessable('method', 'The payment method is not activated on your account');
    return method;
  });
  const usable = methods.length > 0 ? methods : METHODS;
  if (!usable.some((method) => fitsMethod(amount, method))) {
    const tooLow = usable.every((method) => amount.compare(Money.fromJson(method.minimum)) < 0);
    throw unprocessable(
      'amount',
      `The amount is ${tooLow ? 'lower than the minimum' : 'higher than the maximum'}`,
    );
  }
  return methods.map((method) => method.id);
}

/** Too long is cut, never refused: as Mollie does. */
function readDescription(value: unknown): string {
  if (value === undefined || value === null || value === '') return missing('description', 'description');
  if (typeof value !== 'string') throw unprocessable('description', 'The description is invalid');
  return value.slice(0, DESCRIPTION_LIMIT);
}

/** Web addresses only: this page sends people there. */
function readUrl(input: Input, field: 'redirectUrl' | 'cancelUrl' | 'webhookUrl'): string | null {
  const value = input[field];
  if (value === undefined || value === null) return null;
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw unprocessable(field, `The ${field.replace('Url', '')} URL is invalid`);
  }
  return value as string;
}

function readMetadata(value: unknown): unknown {
  if (value === undefined) return null;
  if (Buffer.byteLength(JSON.stringify(value)) > METADATA_LIMIT) {
    throw unprocessable('metadata', 'The metadata is too large, the maximum is about 1 kB');
  }
  return value;
}

function readLocale(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || !LOCALES.has(value))
    throw unprocessable('locale', 'The locale is invalid');
  return value;
}

function missing(field: string, name: string): never {
  throw unprocessable(field, `The ${name} is missing`);
}
