import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Random secrets that this machine makes for itself once and keeps, readable by its owner alone. */
export function keptSecrets(path: string, names: readonly string[], bytes = 24): Record<string, string> {
  const known = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
  const missing = names.filter((name) => !known[name]);
  if (missing.length === 0) return known;
  for (const name of missing) known[name] = randomBytes(bytes).toString('base64url');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(known), { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return known;
}
