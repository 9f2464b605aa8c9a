import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseKeyRing, type SecretKey } from './key-ring.js';
import { SecretBox } from './secret-box.js';

const k1: SecretKey = { id: 'k1', key: randomBytes(32) };
const k2: SecretKey = { id: 'k2', key: randomBytes(32) };
const place = { associationId: 'a-1', rowId: 'r-1', field: 'secret' };
const SECRET = 'access_dHc4Rkk – é ✓';

/** The nth character of the nth part exchanged for another. */
function tampered(sealed: string, part: number, at: number): string {
  const parts = sealed.split('.');
  const text = parts[part]!;
  parts[part] = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
  return parts.join('.');
}

describe('a secret box', () => {
  it('opens what it sealed, and shows nothing of it', () => {
    const sealed = new SecretBox([k1]).seal(SECRET, place);
    expect(sealed).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]+$/);
    expect(Buffer.from(sealed.split('.')[3]!, 'base64url').toString()).not.toContain('access_');
    expect(new SecretBox([k1]).open(sealed, place)).toBe(SECRET);
  });

  it('seals the same secret differently each time', () => {
    const box = new SecretBox([k1]);
    expect(box.seal(SECRET, place)).not.toBe(box.seal(SECRET, place));
  });

  it('seals an empty text too', () => {
    const box = new SecretBox([k1]);
    expect(box.open(box.seal('', place), place)).toBe('');
  });

  it.each([
    ['another association', { associationId: 'a-2' }],
    ['another row', { rowId: 'r-2' }],
    ['another field', { field: 'access' }],
  ])('a text that was copied to %s does not open', (_what, change) => {
    const box = new SecretBox([k1]);
    expect(() => box.open(box.seal(SECRET, place), { ...place, ...change })).toThrow('does not open');
  });

  it.each([
    ['nonce', 2, 0],
    ['ciphertext', 3, 0],
    ['tag', 3, 40],
  ])('a changed %s does not open', (_what, part, at) => {
    const box = new SecretBox([k1]);
    const sealed = box.seal(SECRET, place);
    expect(() => box.open(tampered(sealed, part, at), place)).toThrow('does not open');
  });

  it.each(['', 'v1', 'v1.k1', 'v1.k1..', 'v2.k1.AAAAAAAAAAAAAAAA.AAAA', 'test_plainTextKey00'])(
    '%j is no sealed text',
    (text) => {
      expect(() => new SecretBox([k1]).open(text, place)).toThrow('does not open');
    },
  );

  it('a wrong key under the same id does not open', () => {
    const sealed = new SecretBox([k1]).seal(SECRET, place);
    expect(() => new SecretBox([{ id: 'k1', key: k2.key }]).open(sealed, place)).toThrow('does not open');
  });

  it('an unknown key id is named, for whoever must find the key', () => {
    const sealed = new SecretBox([k1]).seal(SECRET, place);
    expect(() => new SecretBox([k2]).open(sealed, place)).toThrow('SECRETS_KEYS holds no key "k1".');
  });

  it('a text moved under another id does not open, even if that key is there', () => {
    const sealed = new SecretBox([k1]).seal(SECRET, place);
    const box = new SecretBox([{ id: 'k2', key: k1.key }]);
    expect(() => box.open(sealed.replace('.k1.', '.k2.'), place)).toThrow('does not open');
  });

  it('after a rotation old texts still open, new ones are sealed with the first key, and the old are found', () => {
    const sealed = new SecretBox([k1]).seal(SECRET, place);
    const rotated = new SecretBox([k2, k1]);
    expect(rotated.open(sealed, place)).toBe(SECRET);
    expect(rotated.isStale(sealed)).toBe(true);
    const again = rotated.seal(SECRET, place);
    expect([again.startsWith('v1.k2.'), rotated.isStale(again)]).toEqual([true, false]);
    expect(new SecretBox([k2]).open(again, place)).toBe(SECRET);
  });

  it('without a key there is no box', () => {
    expect(() => new SecretBox([])).toThrow('at least one key');
  });
});

describe('a key ring', () => {
  const base64 = (key: SecretKey) => `${key.id}:${key.key.toString('base64')}`;

  it('is read in its order, in either alphabet of base64', () => {
    const text = `${base64(k2)}, k1:${k1.key.toString('base64url')}`;
    expect(parseKeyRing(text)).toEqual([k2, k1]);
  });

  it.each([
    ['', 'nothing'],
    ['k1', 'an id alone'],
    [k1.key.toString('base64'), 'a key without an id'],
    [`k1:${randomBytes(16).toString('base64')}`, 'a short key'],
    [`k1:${randomBytes(33).toString('base64')}`, 'a long key'],
    [`${base64(k1)},${base64(k1)}`, 'one id twice'],
    [`k.1:${k1.key.toString('base64')}`, 'an id with a dot'],
    [`${base64(k1)},`, 'an empty entry'],
    [`k1:${'é'.repeat(43)}`, 'what is no base64'],
  ])('%j is refused: %s', (text) => {
    expect(parseKeyRing(text)).toBeUndefined();
  });
});
