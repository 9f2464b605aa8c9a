import { createHash, randomInt } from 'node:crypto';

/** Without 0, O, I and l, as in Mollie's ids. */
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** `tr_7UhSN1zuXS2wBmBXX9bTyR`: the prefix tells the kind; 22 characters are unguessable. */
export function randomId(prefix: 'tr' | 're' | 'chb' | 'wh'): string {
  let id = `${prefix}_`;
  for (let i = 0; i < 22; i++) id += ALPHABET[randomInt(ALPHABET.length)];
  return id;
}

/** The same key has always the same profile; the profile does not give the key away. */
export function profileIdOf(apiKey: string): string {
  const digest = createHash('sha256').update(apiKey).digest();
  return `pfl_${[...digest.subarray(0, 10)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
