import { z } from 'zod';

export const setApiKeyRequest = z.strictObject({
  apiKey: z
    .string()
    .trim()
    .regex(/^(test|live)_\w{10,100}$/, { error: 'A key of Mollie starts with test_ or live_.' }),
});

export const connectRequest = z.strictObject({
  mode: z
    .enum(['test', 'live'])
    .default('live')
    .describe('test: no real money moves; possible before Mollie has accepted the association'),
});

export const connectResponse = z.object({
  authorizeUrl: z.string().describe('Where the owner consents; it works once, for a quarter of an hour'),
});

export const chooseProfileRequest = z.strictObject({ profileId: z.string().regex(/^pfl_\w{1,60}$/) });

const named = z.object({ id: z.string(), name: z.string() });
const mode = z.enum(['test', 'live']);

export const mollieResponse = z.object({
  object: z.literal('mollie_account'),
  kind: z
    .enum(['connect', 'api_key', 'installation', 'none'])
    .describe('installation: the key of whoever runs this site; none: no gift can be taken'),
  status: z
    .enum(['connected', 'disconnected', 'missing'])
    .describe('disconnected: the consent was taken back at Mollie; no gift can be taken until it is renewed'),
  mode: mode.nullable().describe('test: no real money moves'),
  organization: named.nullable(),
  profile: named.nullable(),
  apiKeyHint: z.string().nullable().describe('Its last four characters'),
  onboarding: z
    .object({
      status: z.enum(['needs-data', 'in-review', 'completed']).nullable(),
      canReceivePayments: z.boolean(),
      canReceiveSettlements: z.boolean(),
      dashboardUrl: z.string().nullable().describe('Where it is completed, at Mollie'),
      checkedAt: z.iso.datetime(),
    })
    .nullable(),
  takesApplicationFee: z.boolean().describe('May donors leave a contribution to the platform?'),
  connectedAt: z.iso.datetime().nullable(),
  needsProfile: z
    .object({ organization: named, mode, profiles: z.array(named) })
    .nullable()
    .describe('A connection that waits for PUT /v1/mollie/profile; until then nothing changes'),
  canConnect: z.boolean().describe('Does this installation have an app at Mollie?'),
});
