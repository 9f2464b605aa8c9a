import { z } from 'zod';
import { moneySchema, pageOf } from '../../platform/http/answers.js';
import { pageQuery } from '../../platform/http/pagination.js';
import { PLAN_FREQUENCIES } from './plan.entity.js';

const planStatus = z.enum(['pending', 'active', 'paused', 'ended']);

export const plansQuery = pageQuery.extend({
  status: planStatus.optional(),
  form: z.string().optional().describe('form_…'),
});

export const planResponse = z.object({
  object: z.literal('plan'),
  id: z.string().describe('plan_…'),
  status: planStatus,
  frequency: z.enum(PLAN_FREQUENCIES),
  amount: moneySchema,
  formId: z.string(),
  donor: z.object({
    id: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string().nullable(),
  }),
  nextDebitOn: z.iso.date().nullable().describe('null while none is planned'),
  pausedReason: z.enum(['donor', 'association', 'disputed']).nullable(),
  pausedUntil: z.iso.date().nullable(),
  endedReason: z
    .enum(['donor', 'association', 'never_started', 'payment_refused', 'unpaid', 'mandate_gone'])
    .nullable(),
  endedAt: z.iso.datetime().nullable(),
  cardExpiresOn: z.iso.date().nullable(),
  createdAt: z.iso.datetime(),
});

const planPeriodResponse = z.object({
  dueOn: z.iso.date(),
  status: z.enum(['charging', 'paid', 'failed', 'skipped', 'given_up']),
  donationId: z.string().nullable(),
  attempts: z.int().describe('How often the mandate was charged; 0 when the donor paid'),
  nextAttemptOn: z.iso.date().nullable(),
  skippedBecause: z.enum(['downtime', 'paused']).nullable(),
  failure: z
    .object({
      code: z.string().nullable().describe('As the payment provider or the bank gave it'),
      kind: z
        .enum(['soft', 'hard', 'ours'])
        .describe('soft: tried again; hard: not with this means of payment; ours: not the donor’s affair'),
      text: z.string().describe('In French words'),
    })
    .nullable(),
});

export const planDetailResponse = planResponse.extend({
  periods: z.array(planPeriodResponse).describe('The newest 24, newest first'),
});

export const planPage = pageOf(planResponse);

export const pauseRequest = z.strictObject({
  months: z
    .union([z.literal(1), z.literal(2), z.literal(3)])
    .nullable()
    .default(null)
    .describe('null: until it is resumed'),
});
