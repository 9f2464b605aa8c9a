/** One 256-bit key, with the name under which sealed texts remember it. */
export interface SecretKey {
  id: string;
  key: Buffer;
}

const KEY_BYTES = 32;
const ENTRY = /^([a-z0-9]{1,16}):([A-Za-z0-9+/_-]+=*)$/;

/**
 * Reads `k2:base64…,k1:base64…`, the newest first.
 * @returns undefined when an entry is malformed, a key is not 32 bytes long, or an id stands there twice
 */
export function parseKeyRing(text: string): SecretKey[] | undefined {
  const keys: SecretKey[] = [];
  for (const entry of text.split(',')) {
    const [, id, encoded] = ENTRY.exec(entry.trim()) ?? [];
    // Node reads both alphabets of base64 under this name.
    const key = Buffer.from(encoded ?? '', 'base64');
    if (id === undefined || key.length !== KEY_BYTES || keys.some((known) => known.id === id))
      return undefined;
    keys.push({ id, key });
  }
  return keys;
}
