import { z } from 'zod';
import { moneySchema, pageOf } from '../../platform/http/answers.js';
import { pageQuery } from '../../platform/http/pagination.js';
import { line } from '../../platform/http/text-fields.js';
import { donationResponse, donorRequest } from '../donations.dto.js';
import { OFFLINE_MEANS } from './offline-donation.js';

const MAX_CENTS = 1_000_000_000;
const MAX_ON_A_SLIP = 500;
const means = z.enum(OFFLINE_MEANS);
const reason = line(255);

export const offlineDonationRequest = z
  .strictObject({
    amount: moneySchema.extend({ cents: z.int().min(1).max(MAX_CENTS) }),
    means,
    receivedOn: z.iso
      .date()
      .describe(
        'Day in Europe/Paris. Cheque and cash: handed over, or arrived by post, whenever it is cashed. ' +
          'Transfer: credited to the association’s account (BOI-IR-RICI-250-20 § 20-30)',
      ),
    donor: donorRequest.extend({
      email: donorRequest.shape.email
        .optional()
        .describe('Without it no thanks and no receipt can be mailed'),
    }),
    wantsReceipt: z.boolean(),
    formId: z.string().optional().describe('A form that it counts for; absent: none'),
    chequeNumber: line(40).optional(),
    bankName: line(80).optional(),
    note: z.string().trim().min(1).max(1_000).optional().describe('For the association alone'),
    locale: z.enum(['fr', 'en']).default('fr'),
  })
  .refine((gift) => gift.means === 'cheque' || gift.chequeNumber === undefined, {
    path: ['chequeNumber'],
    error: 'Only a cheque has a number.',
    params: { code: 'not_a_cheque' },
  });

const deposited = {
  depositedOn: z.iso.date().describe('Day in Europe/Paris on which it was brought to the bank'),
  reference: line(80).optional().describe('Of the slip, as on the bank statement'),
};

export const depositOneRequest = z.strictObject(deposited);

export const depositRequest = z.strictObject({
  donationIds: z.array(z.string()).min(1).max(MAX_ON_A_SLIP),
  ...deposited,
});

export const correctRequest = z.strictObject({ reason });

export const offlineDonationsQuery = pageQuery.extend({
  means: means.optional(),
  toDeposit: z.stringbool().default(false).describe('Only cheques and cash that are on no slip yet'),
});

const depositFacts = z.object({
  id: z.string().describe('dep_…'),
  depositedOn: z.iso.date(),
  reference: z.string().nullable(),
});

export const offlineDonationResponse = donationResponse.extend({
  object: z.literal('offline_donation'),
  means,
  receivedOn: z.iso.date(),
  chequeNumber: z.string().nullable(),
  bankName: z.string().nullable(),
  note: z.string().nullable(),
  enteredBy: z.string(),
  enteredAt: z.iso.datetime(),
  deposit: depositFacts.nullable(),
  correction: z
    .object({ reason: z.string(), correctedBy: z.string(), correctedAt: z.iso.datetime() })
    .nullable()
    .describe('Not null: taken back by a counter-entry'),
  warnings: z.array(
    z.object({
      code: z
        .enum(['large_cash_gift'])
        .describe('large_cash_gift: more than 1,000 € in cash; legal as far as we know, and asked about'),
    }),
  ),
});

export const offlineDonationPage = pageOf(offlineDonationResponse);

export const depositResponse = depositFacts.extend({
  object: z.literal('deposit'),
  means: z.enum(['cheque', 'cash']),
  total: moneySchema,
  donationIds: z.array(z.string()),
});
