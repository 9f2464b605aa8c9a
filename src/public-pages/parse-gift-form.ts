import type { FieldError } from '../kernel/domain-error.js';
import { Money, type MoneyJson } from '../kernel/money.js';

/** The body of the API's POST, as far as the HTML form filled it in: the API's own validation judges it. */
export interface GiftInput {
  amount?: MoneyJson;
  /** Absent: none. */
  tip?: MoneyJson;
  frequency: string;
  donor: {
    kind: 'individual';
    firstName?: string;
    lastName?: string;
    email?: string;
    address?: { line1?: string; line2?: string; postalCode?: string; city?: string; country?: string };
  };
  wantsReceipt: boolean;
  message?: string;
  displayName?: string;
  locale?: string;
}

/** What was typed, letter by letter, to show it again. */
export interface TypedGift {
  /** Empty before anything is chosen. */
  frequency: string;
  /** Cents of a suggestion, or "other". */
  amount: string;
  otherAmount: string;
  /** Cents, "other", or nothing where no contribution is asked for. */
  tip: string;
  otherTip: string;
  firstName: string;
  lastName: string;
  email: string;
  wantsReceipt: boolean;
  line1: string;
  line2: string;
  postalCode: string;
  city: string;
  country: string;
  displayName: string;
  message: string;
}

export interface ParsedGiftForm {
  input: GiftInput;
  typed: TypedGift;
  /** Idempotency key of the page that was sent. */
  requestKey: string;
  /** Faults of the form itself, that the API's body cannot express. They outrank the API's for the same field. */
  errors: FieldError[];
}

export const OTHER_AMOUNT = 'other';

/** Never throws: a bad form is an input with errors. `addressRequired` when the form asks everybody for it. */
export function parseGiftForm(
  body: Readonly<Record<string, unknown>>,
  options: { addressRequired?: boolean } = {},
): ParsedGiftForm {
  const typed = readTyped(body);
  const { amount, errors } = parseAmount(typed);
  const frequency = typed.frequency || 'once';
  // With a gift that comes again none is offered: what stays ticked behind it adds nothing.
  const tip = frequency === 'once' ? parseTip(typed) : { errors: [] };
  const keepsAddress = typed.wantsReceipt || options.addressRequired === true;
  const input: GiftInput = {
    amount,
    tip: tip.amount,
    frequency,
    donor: {
      kind: 'individual',
      firstName: given(typed.firstName),
      lastName: given(typed.lastName),
      email: given(typed.email),
      // Not needed, not kept: without a receipt nobody asked for the address.
      address: keepsAddress ? parseAddress(typed) : undefined,
    },
    wantsReceipt: typed.wantsReceipt,
    message: given(typed.message),
    displayName: given(typed.displayName),
    locale: given(read(body, 'locale')),
  };
  return {
    input: withoutUndefined(input),
    typed,
    requestKey: read(body, 'requestKey'),
    errors: [...errors, ...tip.errors],
  };
}

function readTyped(body: Readonly<Record<string, unknown>>): TypedGift {
  return {
    frequency: read(body, 'frequency'),
    amount: read(body, 'amount'),
    otherAmount: read(body, 'otherAmount'),
    tip: read(body, 'tip'),
    otherTip: read(body, 'otherTip'),
    firstName: read(body, 'firstName'),
    lastName: read(body, 'lastName'),
    email: read(body, 'email'),
    wantsReceipt: read(body, 'wantsReceipt') !== '',
    line1: read(body, 'line1'),
    line2: read(body, 'line2'),
    postalCode: read(body, 'postalCode'),
    city: read(body, 'city'),
    country: read(body, 'country'),
    displayName: read(body, 'displayName'),
    message: read(body, 'message'),
  };
}

function parseAmount({ amount, otherAmount }: TypedGift): ParsedAmount {
  if (otherAmount === '' && (amount === '' || amount === OTHER_AMOUNT))
    return { errors: [{ pointer: '/amount', code: 'required', detail: 'No amount was chosen.' }] };
  return parseChoice('/amount', amount, otherAmount);
}

/** Nothing is added that was not asked for: no choice, or an empty line, is none. */
function parseTip({ tip, otherTip }: TypedGift): ParsedAmount {
  if (otherTip === '' && (tip === '' || tip === OTHER_AMOUNT)) return { errors: [] };
  const { amount, errors } = parseChoice('/tip', tip, otherTip);
  return amount?.cents === 0 ? { errors } : { amount, errors };
}

interface ParsedAmount {
  amount?: MoneyJson | undefined;
  errors: FieldError[];
}

/** One of several amounts in cents, or one that was written. */
function parseChoice(pointer: string, choice: string, text: string): ParsedAmount {
  const fault = (code: string, detail: string) => ({ errors: [{ pointer, code, detail }] });
  const chosen = choice === OTHER_AMOUNT || choice === '' ? undefined : choice;
  if (text === '') {
    if (chosen === undefined || !/^\d{1,12}$/.test(chosen))
      return fault('malformed_amount', 'Not a number of cents.');
    return { amount: { cents: Number(chosen), currency: 'EUR' }, errors: [] };
  }
  const written = Money.parseTyped(text);
  if (!written) return fault('malformed_amount', `"${text}" is no amount.`);
  // Without script nothing unticks the other choice: rather ask than charge the wrong one of the two.
  if (chosen !== undefined && chosen !== String(written.cents))
    return fault('two_amounts', 'One amount was chosen and another one written.');
  return { amount: written.toJSON(), errors: [] };
}

function parseAddress(typed: TypedGift): GiftInput['donor']['address'] {
  const { line1, line2, postalCode, city, country } = typed;
  // The country is always posted: alone it says nothing.
  if ([line1, line2, postalCode, city].every((text) => text === '')) return undefined;
  return {
    line1: given(line1),
    line2: given(line2),
    postalCode: given(postalCode),
    city: given(city),
    country: given(country),
  };
}

function read(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value.trim() : '';
}

function given(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** A key with `undefined` is not the same as an absent key to a validator that refuses unknown fields. */
function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
