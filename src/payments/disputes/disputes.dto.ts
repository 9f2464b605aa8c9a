import { z } from 'zod';
import { moneySchema, pageOf } from '../../platform/http/answers.js';
import { pageQuery } from '../../platform/http/pagination.js';

const disputeState = z.enum(['opened', 'won', 'lost']);

export const disputeResponse = z.object({
  object: z.literal('dispute'),
  id: z.string().describe('dsp_…'),
  paymentId: z.string(),
  status: disputeState.describe(
    'opened: the money is gone; won: the bank gave it back; lost: nobody counts on it any more',
  ),
  amount: moneySchema,
  reason: z.string().nullable().describe('The bank’s code and words; only SEPA says them'),
  providerId: z.string(),
  createdAt: z.iso.datetime(),
  reversedAt: z.iso.datetime().nullable(),
});

export const disputePage = pageOf(disputeResponse);

export const disputesQuery = pageQuery.extend({
  payment: z.string().optional().describe('pay_…'),
  status: disputeState.optional(),
});
