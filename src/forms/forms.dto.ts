import { z } from 'zod';
import { formSlugSchema } from '../associations/index.js';
import { moneySchema, pageOf } from '../platform/http/answers.js';
import { line } from '../platform/http/text-fields.js';
import { LIMITS } from './amount-rules.js';
import { DONOR_FIELDS, FREQUENCIES } from './form.entity.js';

const text = (max: number) => z.string().trim().max(max);
const money = (min: number, max: number) => moneySchema.extend({ cents: z.int().min(min).max(max) });
const amount = money(LIMITS.lowestMinimumCents, LIMITS.highestMaximumCents);
const MAX_GOAL_CENTS = 10_000_000_000;

const formFields = z.strictObject({
  slug: formSlugSchema.optional().describe('Fixed once the form was published'),
  title: line(120).optional(),
  description: text(5_000).optional(),
  suggestedAmounts: z
    .array(z.strictObject({ amount, label: line(80).optional() }))
    .max(LIMITS.suggestedAmounts)
    .optional(),
  allowsFreeAmount: z.boolean().optional(),
  minimum: amount.optional(),
  maximum: amount.optional(),
  requiredDonorFields: z.array(z.enum(DONOR_FIELDS)).max(DONOR_FIELDS.length).optional(),
  frequencies: z
    .array(z.enum(FREQUENCIES))
    .min(1)
    .max(FREQUENCIES.length)
    .optional()
    .describe('How often one may give; once and monthly where nothing is said'),
  thankYouText: text(2_000).optional(),
  colour: z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, { error: 'A colour such as #2f6b4f.' })
    .optional(),
  goal: money(1, MAX_GOAL_CENTS).nullish(),
  platformTip: z
    .boolean()
    .optional()
    .describe('Lets donors add a contribution to the platform, where the payment account can pass it on'),
});

type Amounts = Pick<z.output<typeof formFields>, 'suggestedAmounts' | 'minimum' | 'maximum' | 'goal'>;

/** Money objects outside, cents in one currency inside. */
function toInput<T extends Amounts>({ suggestedAmounts, minimum, maximum, goal, ...others }: T) {
  return {
    ...others,
    ...(suggestedAmounts && {
      suggestedAmounts: suggestedAmounts.map(({ amount: { cents }, label }) => ({
        cents,
        ...(label && { label }),
      })),
    }),
    ...(minimum && { minimumCents: minimum.cents }),
    ...(maximum && { maximumCents: maximum.cents }),
    ...(goal !== undefined && { goalCents: goal?.cents ?? null }),
  };
}

export const changeFormRequest = formFields.transform(toInput);
export const createFormRequest = formFields.required({ slug: true, title: true }).transform(toInput);

const suggestedAmount = z.object({ amount: moneySchema, label: z.string().optional() });

/** What every visitor may read. */
export const publicFormResponse = z.object({
  object: z.literal('form'),
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  currency: z.literal('EUR'),
  suggestedAmounts: z.array(suggestedAmount),
  allowsFreeAmount: z.boolean(),
  minimum: moneySchema,
  maximum: moneySchema,
  requiredDonorFields: z.array(z.enum(DONOR_FIELDS)),
  frequencies: z.array(z.enum(FREQUENCIES)),
  colour: z.string(),
  goal: moneySchema.nullable(),
  offersTip: z.boolean().describe('A gift may carry a `tip`: a contribution to the platform, on top'),
});

export const formResponse = publicFormResponse.omit({ offersTip: true }).extend({
  id: z.string().describe('form_…'),
  status: z.enum(['draft', 'published', 'archived']),
  thankYouText: z.string(),
  platformTip: z.boolean(),
  hasLogo: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const formPage = pageOf(formResponse);
