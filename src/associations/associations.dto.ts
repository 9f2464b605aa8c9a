import { z } from 'zod';
import { isLegalDate } from '../kernel/french-date.js';
import { country, line, postalCodeFits } from '../platform/http/text-fields.js';
import { LEGAL_CATEGORIES, type LegalCategoryCode } from './legal-category.data.js';
import { legalCategoryFaults } from './legal-category.js';
import { parseRegistration, REGISTRATION_TYPES, type Registration } from './registration.js';
import { associationSlugSchema } from './slug.js';

const day = z
  .string()
  .refine(isLegalDate, { error: 'A day of the calendar, yyyy-mm-dd.', params: { code: 'malformed_date' } });

const registrationRequest = z
  .strictObject({
    type: z.enum(REGISTRATION_TYPES),
    number: z.string().max(100),
    court: z.string().max(100).optional(),
  })
  .transform((input, ctx): Registration => {
    const { registration, faults } = parseRegistration(input);
    if (registration) return registration;
    for (const { pointer, code, detail } of faults) {
      ctx.addIssue({ code: 'custom', path: pointer.split('/').slice(1), message: detail, params: { code } });
    }
    return z.NEVER;
  });

const addressRequest = postalCodeFits(
  z.strictObject({
    line1: line(200),
    line2: line(200).nullish(),
    postalCode: line(16),
    city: line(100),
    country,
  }),
);

/** Statutes are copied with their line ends; a receipt prints one paragraph. */
const purpose = z
  .string()
  .overwrite((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
  .min(1)
  .max(600);

const codes = Object.keys(LEGAL_CATEGORIES) as [LegalCategoryCode, ...LegalCategoryCode[]];

const legalCategoryRequest = z
  .strictObject({
    code: z.enum(codes),
    details: z
      .partialRecord(
        z.enum(['decreeOn', 'officialJournalOn', 'orderOn', 'approvedOn', 'otherText']),
        z.string(),
      )
      .optional(),
  })
  .superRefine(({ code, details }, ctx) => {
    for (const fault of legalCategoryFaults(code, details ?? {})) {
      const path = ['details', ...fault.pointer.split('/').filter(Boolean)];
      ctx.addIssue({ code: 'custom', path, message: fault.detail, params: { code: fault.code } });
    }
  });

const numberingRequest = z.strictObject({
  prefix: z
    .string()
    .max(10)
    .regex(/^[A-Z0-9-]*$/, { error: 'Capital letters, digits and hyphens.' }),
  year: z.enum(['full', 'short']).describe('Numbers begin anew each year, so the year is part of them'),
  separator: z.enum(['-', '/', '.', '']),
  digits: z.int().min(3).max(9),
});

export const changeAssociationRequest = z.strictObject({
  name: line(200).optional(),
  slug: associationSlugSchema.optional(),
  registration: registrationRequest.optional(),
  address: addressRequest.optional(),
  purpose: purpose.optional().describe('« Objet » of the statutes; printed on receipts'),
  legalCategory: legalCategoryRequest.optional(),
  fiscalRegime: z
    .strictObject({ regime: z.enum(['none', 'general', 'aid_to_people']), from: day.nullable() })
    .refine(({ regime, from }) => regime === 'none' || from !== null, {
      path: ['from'],
      error: 'A regime has a first day.',
      params: { code: 'required' },
    })
    .optional(),
  receiptNumbering: numberingRequest.optional(),
  signatory: z.strictObject({ name: line(120), role: line(120) }).nullish(),
  contactEmail: z.email().max(254).optional(),
});

/** What an association cannot be without; the rest follows in its own time. */
export const createAssociationRequest = changeAssociationRequest.required({
  name: true,
  slug: true,
  registration: true,
  address: true,
  purpose: true,
  legalCategory: true,
  contactEmail: true,
});

export const associationResponse = z.object({
  object: z.literal('association'),
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  registration: z.object({
    type: z.enum(REGISTRATION_TYPES),
    number: z.string(),
    court: z.string().optional(),
  }),
  address: z.object({
    line1: z.string(),
    line2: z.string().nullable(),
    postalCode: z.string(),
    city: z.string(),
    country: z.string(),
  }),
  purpose: z.string(),
  legalCategory: z.object({ code: z.string(), details: z.record(z.string(), z.string()) }),
  fiscalRegime: z.object({
    regime: z.enum(['none', 'general', 'aid_to_people']),
    from: z.string().nullable(),
  }),
  receiptNumbering: numberingRequest,
  signatory: z.object({ name: z.string(), role: z.string() }).nullable(),
  hasSignatureImage: z.boolean(),
  contactEmail: z.string(),
  receipts: z.object({ eligible: z.boolean(), faults: z.array(z.string()) }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
