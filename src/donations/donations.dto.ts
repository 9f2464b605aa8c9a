import { z } from 'zod';
import { moneySchema, pageOf } from '../platform/http/answers.js';
import { pageQuery } from '../platform/http/pagination.js';
import { country, line, postalCodeFits } from '../platform/http/text-fields.js';

/** One letter is a name, and so are emoji and any script; only emptiness and control characters are not. */
const personName = line(100);

export const addressSchema = postalCodeFits(
  z.strictObject({
    line1: line(120),
    line2: line(120).optional(),
    postalCode: line(16),
    city: line(80),
    country,
  }),
);

export const donorRequest = z.strictObject({
  kind: z.literal('individual'),
  firstName: personName,
  lastName: personName,
  email: z.email().max(254),
  address: addressSchema.optional(),
});

const MAX_MESSAGE = 1_000;

export const frequency = z.enum(['once', 'monthly', 'quarterly', 'yearly']);

export const makeDonationRequest = z.strictObject({
  amount: moneySchema.describe('The gift alone'),
  tip: moneySchema
    .extend({ cents: z.int().min(0) })
    .optional()
    .describe('A contribution to the platform, on top; only where the form offers it'),
  frequency: frequency.describe('As far as the form offers it; the first payment also makes the mandate'),
  donor: donorRequest,
  wantsReceipt: z.boolean(),
  message: z.string().trim().min(1).max(MAX_MESSAGE).optional(),
  displayName: line(80).optional(),
  locale: z.enum(['fr', 'en']).default('fr'),
});

const donationState = z.enum(['pending', 'paid', 'failed', 'canceled', 'expired']);

export const madeDonationResponse = z.object({
  id: z.string().describe('don_…'),
  status: donationState,
  amount: moneySchema,
  tip: moneySchema,
  total: moneySchema.describe('What the donor pays: amount and tip'),
  checkoutUrl: z.string().nullable().describe('Send the donor there; null when nothing is left to pay'),
  statusUrl: z.string().describe('Unguessable; tells the state without a key'),
});

export const donationResponse = z.object({
  object: z.literal('donation'),
  id: z.string(),
  status: donationState,
  amount: moneySchema.describe('The gift alone'),
  tip: moneySchema.describe('A contribution to the platform, paid on top; not the association’s'),
  amountRefunded: moneySchema,
  amountChargedBack: moneySchema,
  frequency,
  planId: z.string().nullable().describe('plan_…: one of the gifts of that plan'),
  formId: z.string().nullable().describe('null: a gift that came through no form'),
  donor: z.object({
    id: z.string(),
    kind: z.literal('individual'),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string().nullable().describe('null: a donor of an offline gift who has given none'),
    address: z
      .object({
        line1: z.string(),
        line2: z.string().nullable(),
        postalCode: z.string(),
        city: z.string(),
        country: z.string(),
      })
      .nullable(),
  }),
  wantsReceipt: z.boolean(),
  message: z.string().nullable(),
  displayName: z.string().nullable(),
  createdAt: z.iso.datetime(),
  paidAt: z.iso.datetime().nullable(),
});

export const donationPage = pageOf(donationResponse);

export const donationsQuery = pageQuery.extend({ status: donationState.optional() });
