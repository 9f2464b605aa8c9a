import { z } from 'zod';
import { moneySchema, pageOf } from '../../platform/http/answers.js';
import { pageQuery } from '../../platform/http/pagination.js';
import { PART_FAULTS, PART_KINDS } from './match-settlement.js';

export const payoutResponse = z.object({
  object: z.literal('payout'),
  id: z.string().describe('pout_…'),
  providerId: z.string().describe('stl_…'),
  reference: z.string().nullable().describe('As on the bank statement'),
  settledOn: z.iso.date(),
  amount: moneySchema.describe('What arrived'),
  costs: moneySchema.describe('The provider’s fees, subtracted before'),
  explained: moneySchema.describe(
    'What our books know of its parts: payments less contributions, refunds, disputes',
  ),
  difference: moneySchema.describe('amount + costs - explained'),
  parts: z.object({
    payments: z.int(),
    refunds: z.int(),
    disputes: z.int(),
    faults: z.int().describe('Parts that do not fit our books'),
  }),
  importedAt: z.iso.datetime(),
});

export const payoutPartResponse = z.object({
  object: z.literal('payout_part'),
  kind: z.enum(PART_KINDS),
  providerId: z.string().describe('tr_…, re_… or chb_…'),
  paymentId: z.string().nullable().describe('null: not a payment of ours'),
  refundId: z.string().nullable(),
  disputeId: z.string().nullable(),
  amount: moneySchema.describe('What it moved, as the provider tells it; below zero: taken'),
  explained: moneySchema.describe('What it moved by our books, without the contribution to the platform'),
  fits: z.boolean(),
  fault: z.enum(PART_FAULTS).nullable(),
});

export const payoutPage = pageOf(payoutResponse);
export const payoutPartPage = pageOf(payoutPartResponse);

export const importPayoutsResponse = z.object({
  imported: z.array(z.string()).describe('Payouts that are new, oldest first'),
});

const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

export const payoutsQuery = pageQuery.extend({ hasDifference: yesOrNo.optional() });

export const partsQuery = pageQuery.extend({ fits: yesOrNo.optional() });
