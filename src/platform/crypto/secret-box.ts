import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DomainError } from '../../kernel/domain-error.js';
import type { SecretKey } from './key-ring.js';

/** Where a secret lies. Sealed with it: a ciphertext copied to another row or column does not open there. */
export interface SecretPlace {
  associationId: string;
  rowId: string;
  field: string;
}

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
/** 96 random bits, as NIST SP 800-38D 8.2.2 wants them; safe for 2^32 seals under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyUnknown = (id: string) =>
  new DomainError('unavailable', 'secret_key_unknown', `SECRETS_KEYS holds no key "${id}".`, {
    retryable: false,
  });
const unreadable = () =>
  new DomainError(
    'unavailable',
    'secret_unreadable',
    'A sealed secret does not open: it was changed, moved, or sealed with another key of the same id.',
    { retryable: false },
  );

/** Seals what must not lie in the database in clear: `v1.<key id>.<nonce>.<ciphertext and tag>`, base64url. */
export class SecretBox {
  private readonly keys: ReadonlyMap<string, Buffer>;
  private readonly first: SecretKey;

  /** @param ring at least one key: the first seals, all open */
  constructor(ring: readonly SecretKey[]) {
    const [first] = ring;
    if (!first) throw new Error('A key ring holds at least one key.');
    this.first = first;
    this.keys = new Map(ring.map(({ id, key }) => [id, key]));
  }

  seal(secret: string, place: SecretPlace): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.first.key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(boundTo(this.first.id, place));
    const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, this.first.id, nonce.toString('base64url'), body.toString('base64url')].join('.');
  }

  /** @throws DomainError `secret_key_unknown`, `secret_unreadable` */
  open(sealed: string, place: SecretPlace): string {
    const [version, id = '', nonce = '', body = ''] = sealed.split('.');
    if (version !== VERSION || body === '') throw unreadable();
    const key = this.keys.get(id);
    if (!key) throw keyUnknown(id);
    try {
      const bytes = Buffer.from(body, 'base64url');
      const end = bytes.length - TAG_BYTES;
      const decipher = createDecipheriv(CIPHER, key, Buffer.from(nonce, 'base64url'), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(boundTo(id, place)).setAuthTag(bytes.subarray(end));
      return decipher.update(bytes.subarray(0, end), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw unreadable();
    }
  }

  /** Does it want to be sealed again? */
  isStale(sealed: string): boolean {
    return !sealed.startsWith(this.freshPrefix);
  }

  get sealingKey(): string {
    return this.first.id;
  }

  /** How everything begins that the first key sealed: for finding the rest with SQL. */
  get freshPrefix(): string {
    return `${VERSION}.${this.first.id}.`;
  }
}

/** Lengths cannot be confused: ids are of a fixed alphabet without the separator. */
function boundTo(keyId: string, { associationId, rowId, field }: SecretPlace): Buffer {
  return Buffer.from([VERSION, keyId, associationId, rowId, field].join('|'), 'utf8');
}
