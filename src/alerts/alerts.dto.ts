import { z } from 'zod';
import { pageOf } from '../platform/http/answers.js';
import { pageQuery } from '../platform/http/pagination.js';
import { ALERT_KINDS } from './alert-kinds.js';

const status = z.enum(['open', 'resolved']);

export const alertsQuery = pageQuery.extend({ status: status.optional() });

export const resolveAlertRequest = z.strictObject({
  note: z.string().trim().min(1).max(1_000).describe('How it was dealt with'),
});

export const alertResponse = z.object({
  object: z.literal('alert'),
  id: z.string().describe('alr_…'),
  kind: z.enum(ALERT_KINDS),
  status,
  subject: z.object({ type: z.string(), id: z.string() }).describe('What it is about'),
  details: z.record(z.string(), z.unknown()).describe('Ids, amounts and codes; depends on the kind'),
  raisedAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
  resolvedBy: z.string().nullable().describe('`system`: the cause went away by itself'),
  resolution: z.string().nullable(),
  actions: z
    .array(
      z.object({
        rel: z.string(),
        method: z.enum(['GET', 'POST']),
        href: z.string(),
        body: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .describe('What can be done about it, one request each'),
});

export const alertPage = pageOf(alertResponse);
