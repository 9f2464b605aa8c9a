import { z } from 'zod';
import { moneySchema, pageOf } from '../platform/http/answers.js';
import { pageQuery } from '../platform/http/pagination.js';

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
  pdf: z.object({ url: z.string() }).nullable().describe('null while it is being drawn'),
  createdAt: z.iso.datetime(),
});

export const receiptPage = pageOf(receiptResponse);

export const receiptsQuery = pageQuery.extend({
  year: z.coerce.number().int().min(2000).max(9999).optional(),
});
