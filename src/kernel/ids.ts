import { randomBytes } from 'node:crypto';
import { parse, stringify, v7, validate } from 'uuid';
import { DomainError } from './domain-error.js';

/** Inside: UUIDv7, so that keys grow with time. Outside: the same 16 bytes in base32hex behind a prefix of their kind. */
export const ID_PREFIXES = {
  association: 'asso',
  apiKey: 'key',
  donor: 'dnr',
  form: 'form',
  donation: 'don',
  plan: 'plan',
  payment: 'pay',
  refund: 'rfd',
  dispute: 'dsp',
  receipt: 'rcp',
  file: 'file',
  mail: 'mail',
  ledgerEntry: 'ent',
  account: 'acct',
  alert: 'alr',
  deposit: 'dep',
  payout: 'pout',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = '0123456789abcdefghijklmnopqrstuv';
const ENCODED_LENGTH = 26;

/** A fresh UUIDv7, the id of every row. */
export function newId(): string {
  return v7();
}

/** Unguessable and safe in a URL: 32 random bytes. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** `don_03f…`: what the API and the pages show. */
export function publicId(kind: IdKind, id: string): string {
  let bits = 0n;
  for (const byte of parse(id)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < ENCODED_LENGTH; i++) {
    text = ALPHABET[Number(bits & 31n)]! + text;
    bits >>= 5n;
  }
  return `${ID_PREFIXES[kind]}_${text}`;
}

/** The inner UUID of a public id, or undefined if the text is none of that kind. */
export function tryInnerId(kind: IdKind, text: string): string | undefined {
  const [prefix, encoded] = text.split('_');
  if (prefix !== ID_PREFIXES[kind] || encoded?.length !== ENCODED_LENGTH) return undefined;
  let bits = 0n;
  for (const char of encoded) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) return undefined;
    bits = (bits << 5n) | BigInt(value);
  }
  if (bits >> 128n !== 0n) return undefined;
  const bytes = new Uint8Array(16);
  for (let i = 15; i >= 0; i--) {
    bytes[i] = Number(bits & 255n);
    bits >>= 8n;
  }
  try {
    return stringify(bytes);
  } catch {
    return undefined; // 128 bits that are no UUID
  }
}

/** @throws DomainError `<kind>_not_found`: a malformed id is the id of nothing. */
export function innerId(kind: IdKind, text: string): string {
  const id = tryInnerId(kind, text);
  if (!id) throw new DomainError('not_found', `${snake(kind)}_not_found`, `There is no ${kind} "${text}".`);
  return id;
}

export function isUuid(text: string): boolean {
  return validate(text);
}

function snake(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
