import { createHash, randomInt } from 'node:crypto';

/** Without 0, O, I and l, as in Mollie's ids. */
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

type Prefix = 'tr' | 're' | 'chb' | 'wh' | 'cst' | 'mdt' | 'stl' | 'inv' | 'auth' | 'access' | 'refresh';

/** `tr_7UhSN1zuXS2wBmBXX9bTyR`: the prefix tells the kind; 22 characters are unguessable. */
export function randomId(prefix: Prefix): string {
  let id = `${prefix}_`;
  for (let i = 0; i < 22; i++) id += ALPHABET[randomInt(ALPHABET.length)];
  return id;
}

/** The same key has always the same profile; the profile does not give the key away. */
export function profileIdOf(apiKey: string): string {
  const digest = createHash('sha256').update(apiKey).digest();
  return `pfl_${[...digest.subarray(0, 10)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}

/** `org_12345678`, always the same for the same seed: a name, or the profile of an API key. */
export function organizationIdOf(seed: string): string {
  const digest = createHash('sha256').update(`organization ${seed}`).digest();
  return `org_${10_000_000 + (digest.readUInt32BE(0) % 90_000_000)}`;
}

/** What is kept of a secret. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
