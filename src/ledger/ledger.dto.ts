import { z } from 'zod';
import { isLegalDate } from '../kernel/french-date.js';
import { moneySchema, pageOf } from '../platform/http/answers.js';
import { pageQuery } from '../platform/http/pagination.js';
import { line } from '../platform/http/text-fields.js';
import { LEDGER_ROLES } from './ledger-accounts.js';
import { LEDGER_FACT_NAMES } from './posting.js';

const account = z.enum(LEDGER_ROLES);
const day = z
  .string()
  .refine(isLegalDate, { error: 'A day of the calendar, yyyy-mm-dd.', params: { code: 'malformed_date' } });

export const setAccountNumberRequest = z.strictObject({
  number: z.string().max(20).describe('3 to 12 digits, of the class that the account has in the chart'),
  label: line(100).optional().describe('Absent: that of the chart'),
});

export const ledgerAccountResponse = z.object({
  object: z.literal('ledger_account'),
  account,
  number: z.string().describe('On entries from now on; those posted before keep theirs'),
  label: z.string(),
  isOwnNumber: z.boolean(),
  chart: z.object({ number: z.string(), label: z.string(), labelEn: z.string(), source: z.string() }),
});

export const ledgerAccountsResponse = z.object({ data: z.array(ledgerAccountResponse) });

export const ledgerEntriesQuery = pageQuery.extend({
  from: day.optional(),
  to: day.optional(),
  account: account.optional().describe('Entries with a line on this account'),
});

const lineResponse = z.object({
  account,
  number: z.string().describe('As it was when the entry was posted'),
  label: z.string(),
  debit: moneySchema.nullable(),
  credit: moneySchema.nullable(),
});

export const ledgerEntryPage = pageOf(
  z.object({
    object: z.literal('ledger_entry'),
    id: z.string().describe('ent_…'),
    fact: z.enum(LEDGER_FACT_NAMES),
    source: z.object({ type: z.string(), id: z.string() }).describe('What the entry stands for'),
    occurredOn: z.iso.date(),
    label: z.string(),
    lines: z.array(lineResponse),
    postedAt: z.iso.datetime(),
  }),
);

export const ledgerBalancesQuery = z.strictObject({
  on: day.optional().describe('The end of this day in Europe/Paris; absent: today'),
});

export const ledgerBalancesResponse = z.object({
  object: z.literal('ledger_balances'),
  on: z.iso.date(),
  data: z.array(
    z.object({
      account,
      number: z.string(),
      label: z.string(),
      debit: moneySchema,
      credit: moneySchema,
      balance: moneySchema.describe('Debit less credit: below zero on income'),
    }),
  ),
});
