import { createHash, randomUUID } from 'node:crypto';

export interface DonorIdentity {
  kind: 'individual';
  firstName: string;
  lastName: string;
  /** Null: of an offline gift, from someone who has given none. */
  email: string | null;
}

export interface PostalAddress {
  line1: string;
  line2?: string | null | undefined;
  postalCode: string;
  city: string;
  country: string;
}

/**
 * "Zoé  MARTIN" and "zoe martin" under one mail address are one person; another first name is another (a couple shares
 * a mailbox). Without a mail address the postal one tells namesakes apart; without either nobody can say, and each is
 * somebody new.
 */
export function identityKey(
  { kind, firstName, lastName, email }: DonorIdentity,
  address: PostalAddress | null,
): string {
  const where = email?.trim().toLowerCase() ?? (address ? postalKey(address) : randomUUID());
  return createHash('sha256')
    .update([kind, where, fold(lastName), fold(firstName)].join('\n'))
    .digest('hex');
}

function postalKey({ line1, postalCode, city, country }: PostalAddress): string {
  return [line1, postalCode, city, country].map(fold).join(' ');
}

function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[\s\-'’.]+/gu, ' ')
    .trim()
    .toLowerCase();
}
