import { z } from 'zod';
import { ROLES } from '../platform/http/access.js';
import { pageOf } from '../platform/http/answers.js';
import { line } from '../platform/http/text-fields.js';

export const createApiKeyRequest = z.strictObject({
  name: line(80),
  role: z.enum(ROLES),
});

export const apiKeyResponse = z.object({
  object: z.literal('api_key'),
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  hint: z.string().describe('Its last four characters'),
  createdAt: z.iso.datetime(),
  lastUsedOn: z.iso.date().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});

export const createdApiKeyResponse = z.object({
  id: z.string(),
  token: z.string().describe('Shown this once'),
});

export const apiKeyPage = pageOf(apiKeyResponse);
