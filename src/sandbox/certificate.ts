import { X509Certificate } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Clock } from '../kernel/clock.js';

export interface Certificate {
  keyPem: string;
  certPem: string;
}

const DAY_MS = 86_400_000;
const VALID_DAYS = 365;
const RENEW_DAYS_BEFORE = 30;

/**
 * The self-signed certificate of localhost, made at the first run, kept readable by its owner alone, and renewed a
 * month before it ends. `ca.pem` beside it is what a client in another process must trust.
 */
export async function ensureCertificate(stateDir: string, clock: Clock): Promise<Certificate> {
  const kept = await readKept(stateDir);
  const renewAt = clock.now().getTime() + RENEW_DAYS_BEFORE * DAY_MS;
  if (kept && Date.parse(new X509Certificate(kept.certPem).validTo) > renewAt) {
    await writeWhole(join(stateDir, 'ca.pem'), kept.certPem);
    return kept;
  }
  const made = await makeCertificate(clock);
  await writeWhole(join(stateDir, 'tls.json'), JSON.stringify(made));
  await writeWhole(join(stateDir, 'ca.pem'), made.certPem);
  return made;
}

/** Key and certificate live in one file, so that no crash can pair an old key with a new certificate. */
async function readKept(stateDir: string): Promise<Certificate | null> {
  try {
    return JSON.parse(await readFile(join(stateDir, 'tls.json'), 'utf8')) as Certificate;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function makeCertificate(clock: Clock): Promise<Certificate> {
  const now = clock.now().getTime();
  const made = await generate([{ name: 'commonName', value: 'Obole sandbox (localhost)' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + VALID_DAYS * DAY_MS),
    extensions: [
      // Its own authority: a client that trusts it trusts this one certificate, not others it could sign.
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { keyPem: made.private, certPem: made.cert };
}

async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.next`, text, { mode: 0o600 });
  await rename(`${path}.next`, path);
}
