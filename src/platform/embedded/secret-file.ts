import { randomBytes } from 'node:crypto';
import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What must be the same at the next start. Kept beside the data, readable by its owner only. */
export interface Secret {
  password: string;
  port: number | undefined;
}

const pathOf = (dataDir: string): string => `${dataDir}.secret.json`;

/** Undefined when it is lost, or cut short by a power failure: the caller then sets a new password. */
export function readSecret(dataDir: string): Secret | undefined {
  try {
    return JSON.parse(readFileSync(pathOf(dataDir), 'utf8')) as Secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Replaced as a whole: a kill in between must not leave half a password. */
export function writeSecret(dataDir: string, secret: Secret): void {
  const draft = `${pathOf(dataDir)}.new`;
  writeFileSync(draft, JSON.stringify(secret), { mode: 0o600 });
  if (process.getuid?.() === 0) {
    // One start as root must not lock out the user in whose directory this is.
    const { uid, gid } = statSync(dirname(draft));
    chownSync(draft, uid, gid);
  }
  renameSync(draft, pathOf(dataDir));
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
