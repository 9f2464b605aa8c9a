import { createHash } from 'node:crypto';
import { newScopedToken, tokenAssociation } from '../kernel/scoped-token.js';

const PREFIX = 'obole_';

/** `obole_…`: easy for a secret scanner to find, and it says whose it is, so that it is looked up in that tenant alone. */
export function newApiKeyToken(associationId: string): string {
  return PREFIX + newScopedToken(associationId);
}

export function apiKeyAssociation(token: string): string | undefined {
  return token.startsWith(PREFIX) ? tokenAssociation(token.slice(PREFIX.length)) : undefined;
}

/** A fast hash is right here: 192 random bits cannot be guessed, unlike a password. */
export function hashApiKey(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
