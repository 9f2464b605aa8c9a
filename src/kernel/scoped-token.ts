import { randomBytes } from 'node:crypto';
import { parse, stringify } from 'uuid';

const RANDOM_BYTES = 24;
const UUID_BYTES = 16;

/**
 * An unguessable token that says whose it is: the association's 16 bytes, then 24 random ones (192 bits),
 * base64url. Whoever holds it can be served inside that association's own scope, without a look-up
 * across tenants.
 */
export function newScopedToken(associationId: string): string {
  return Buffer.concat([parse(associationId), randomBytes(RANDOM_BYTES)]).toString('base64url');
}

/** The association a token claims to be of; undefined when it is no token at all. The random part is checked by the row. */
export function tokenAssociation(token: string): string | undefined {
  if (!/^[\w-]+$/.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== UUID_BYTES + RANDOM_BYTES) return undefined;
  try {
    return stringify(bytes.subarray(0, UUID_BYTES));
  } catch {
    return undefined;
  }
}
