import { z } from 'zod';
import { countryCodes } from '../../kernel/country-codes.js';

/** One line that a person typed, in any script: a line break in a name would break mail headers and receipts. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text), {
      error: 'One line of text.',
      params: { code: 'control_characters' },
    });
}

export const country = z.string().refine((code) => countryCodes.has(code), {
  error: 'An ISO 3166-1 alpha-2 code, such as FR.',
  params: { code: 'unknown_country' },
});

/** An address whose postal code is one of its country, as far as that is known: France has five digits. */
export function postalCodeFits<S extends z.ZodType<{ country: string; postalCode: string }>>(address: S): S {
  return address.refine((given) => given.country !== 'FR' || /^\d{5}$/.test(given.postalCode), {
    path: ['postalCode'],
    error: 'A French postal code has five digits.',
    params: { code: 'malformed_postal_code' },
  });
}
