import { z } from 'zod';
import { moneySchema, pageOf } from '../../platform/http/answers.js';
import { pageQuery } from '../../platform/http/pagination.js';
import { line } from '../../platform/http/text-fields.js';

const refundState = z.enum(['requested', 'sent', 'settled', 'failed', 'cancelled']);

export const requestRefundRequest = z.strictObject({
  amount: moneySchema
    .extend({ cents: z.int().min(1) })
    .optional()
    .describe('Absent: all that can still be refunded'),
  reason: line(255),
});

export const refundResponse = z.object({
  object: z.literal('refund'),
  id: z.string().describe('rfd_…'),
  paymentId: z.string(),
  status: refundState.describe(
    'requested: its amount is reserved; sent: the provider has it; settled: it has left',
  ),
  origin: z.enum(['obole', 'external', 'correction']).describe('external: made in the provider’s dashboard'),
  amount: moneySchema,
  reason: z.string().nullable(),
  requestedBy: z.string().nullable(),
  failureReason: z.string().nullable().describe('The provider’s words'),
  providerId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable(),
});

export const refundPage = pageOf(refundResponse);

export const refundsQuery = pageQuery.extend({
  payment: z.string().optional().describe('pay_…'),
  status: refundState.optional(),
});
