import { z } from 'zod';
import { moneySchema, pageOf } from '../platform/http/answers.js';
import { pageQuery } from '../platform/http/pagination.js';
import { disputeResponse } from './disputes/disputes.dto.js';
import { refundResponse } from './refunds/refunds.dto.js';

const paymentState = z.enum([
  'created',
  'open',
  'pending',
  'authorized',
  'paid',
  'failed',
  'canceled',
  'expired',
]);

export const paymentResponse = z.object({
  object: z.literal('payment'),
  id: z.string().describe('pay_…'),
  donationId: z.string(),
  status: paymentState,
  amount: moneySchema.describe('What the donor pays, the contribution to the platform included'),
  applicationFee: moneySchema.describe('That contribution'),
  sequence: z.enum(['oneoff', 'first', 'recurring']),
  provider: z.enum(['mollie', 'offline']),
  providerId: z.string().nullable(),
  mode: z.enum(['test', 'live']),
  method: z.string().nullable(),
  failureReason: z.string().nullable(),
  refunds: z.array(refundResponse),
  disputes: z.array(disputeResponse),
  payout: z
    .object({ id: z.string(), reference: z.string().nullable(), settledOn: z.iso.date() })
    .nullable()
    .describe('In which payout its money arrived at the bank'),
  createdAt: z.iso.datetime(),
  paidAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
});

export const paymentPage = pageOf(paymentResponse);

export const paymentsQuery = pageQuery.extend({
  donation: z.string().optional().describe('don_…: every attempt for one donation'),
  status: paymentState.optional(),
});
