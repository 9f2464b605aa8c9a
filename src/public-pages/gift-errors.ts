import type { FieldError } from '../kernel/domain-error.js';
import type { TextParams, Translator } from '../platform/templates/translations.js';

/** The fields of the page in the order of reading, which is the order of the summary. */
export const GIFT_FIELDS = [
  'amount',
  'firstName',
  'lastName',
  'email',
  'line1',
  'line2',
  'postalCode',
  'city',
  'country',
  'message',
  'displayName',
  'tip',
] as const;
export type GiftField = (typeof GIFT_FIELDS)[number];

/** The longest pointer that begins an error's pointer wins: "/amount/cents" is the amount's. */
const POINTERS: readonly (readonly [string, GiftField])[] = [
  ['/amount', 'amount'],
  ['/donor/firstName', 'firstName'],
  ['/donor/lastName', 'lastName'],
  ['/donor/email', 'email'],
  ['/donor/address/line2', 'line2'],
  ['/donor/address/postalCode', 'postalCode'],
  ['/donor/address/city', 'city'],
  ['/donor/address/country', 'country'],
  ['/donor/address', 'line1'],
  ['/displayName', 'displayName'],
  ['/message', 'message'],
  ['/tip', 'tip'],
];

export interface GiftErrors {
  /** One sentence per faulty field. */
  byField: Partial<Record<GiftField, string>>;
  /** The same in order of reading, then the faults that no field of the page shows. */
  summary: { field?: GiftField; text: string }[];
}

/** Words the API's errors for a donor. The first error of a field is the one that is said. */
export function wordGiftErrors(
  errors: readonly FieldError[],
  translator: Translator,
  params: TextParams,
): GiftErrors {
  const byField: Partial<Record<GiftField, string>> = {};
  let elsewhere = false;
  for (const error of errors) {
    const field = POINTERS.find(([pointer]) => isWithin(error.pointer, pointer))?.[1];
    if (field) byField[field] ??= sentence(field, error.code, translator, params);
    else elsewhere = true;
  }
  const summary: GiftErrors['summary'] = GIFT_FIELDS.flatMap((field) => {
    const text = byField[field];
    return text ? [{ field, text }] : [];
  });
  if (elsewhere) summary.push({ text: translator.t('gift.errors.any.other') });
  return { byField, summary };
}

/** A sentence made for this field and code, else for the code, else « vérifiez ce champ ». */
function sentence(field: GiftField, code: string, { t, has }: Translator, params: TextParams): string {
  if (has(`gift.errors.${field}.${code}`)) return t(`gift.errors.${field}.${code}`, params);
  const label = t(`gift.fields.${field}`);
  if (has(`gift.errors.any.${code}`)) return t(`gift.errors.any.${code}`, { ...params, label });
  return t('gift.errors.any.invalid', { label });
}

function isWithin(pointer: string, parent: string): boolean {
  return pointer === parent || pointer.startsWith(`${parent}/`);
}
