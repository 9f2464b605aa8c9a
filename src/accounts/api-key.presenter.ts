import type { z } from 'zod';
import { publicId } from '../kernel/ids.js';
import type { ApiKey } from './api-key.entity.js';
import type { apiKeyResponse } from './api-keys.dto.js';

export function presentApiKey(key: ApiKey): z.input<typeof apiKeyResponse> {
  return {
    object: 'api_key',
    id: publicId('apiKey', key.id),
    name: key.name,
    role: key.role,
    hint: key.hint,
    createdAt: key.createdAt.toISOString(),
    lastUsedOn: key.lastUsedOn,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
