import { createHash } from 'node:crypto';

export interface DonorIdentity {
  kind: 'individual';
  firstName: string;
  lastName: string;
  email: string;
}

/** "Zoé  MARTIN" and "zoe martin" under one address are one person; another first name is another (a couple shares a mailbox). */
export function identityKey({ kind, firstName, lastName, email }: DonorIdentity): string {
  const parts = [kind, email.trim().toLowerCase(), fold(lastName), fold(firstName)];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[\s\-'’.]+/gu, ' ')
    .trim()
    .toLowerCase();
}
