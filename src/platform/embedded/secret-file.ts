import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

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
  renameSync(draft, pathOf(dataDir));
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
