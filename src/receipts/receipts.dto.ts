import { z } from 'zod';
import { moneySchema, pageOf } from '../platform/http/answers.js';
import { pageQuery } from '../platform/http/pagination.js';
import { CANCEL_CODES } from './cancel-receipt.js';

const receiptName = z.object({ id: z.string(), number: z.string() });

export const receiptResponse = z.object({
  object: z.literal('receipt'),
  id: z.string().describe('rcp_…'),
  number: z.string(),
  donationId: z.string(),
  amount: moneySchema,
  issuedOn: z.iso.date(),
  paidOn: z.iso.date(),
  donor: z.object({ lastName: z.string(), firstNames: z.string() }),
  isSpecimen: z.boolean().describe('Made with a test key: no real money, no legal value'),
  status: z.enum(['issued', 'cancelled']).describe('cancelled: void, its number is never used again'),
  cancelledAt: z.iso.datetime().nullable(),
  cancelReason: z.enum(CANCEL_CODES).nullable(),
  replaces: receiptName.nullable().describe('The cancelled receipt that this one stands in for'),
  replacedBy: receiptName.nullable(),
  pdf: z.object({ url: z.string() }).nullable().describe('null while it is being drawn'),
  createdAt: z.iso.datetime(),
});

export const receiptPage = pageOf(receiptResponse);

export const receiptsQuery = pageQuery.extend({
  status: z.enum(['issued', 'cancelled']).optional(),
  year: z.coerce.number().int().min(2000).max(9999).optional(),
});
