import { z } from 'zod';
import { ROLES } from '../platform/http/access.js';

export const createApiKeyRequest = z.strictObject({
  name: z.string().trim().min(1).max(80),
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

export const apiKeysResponse = z.object({ data: z.array(apiKeyResponse) });
