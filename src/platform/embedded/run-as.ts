import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { embeddedError } from './embedded-error.js';

/** Who runs the server. PostgreSQL refuses root, so root lends it an unprivileged user. */
export interface RunAs {
  /** Absent: the user that runs this process. */
  uid?: number;
  gid?: number;
}

/** Both exist in /etc/passwd, which initdb demands; a bare number would not do. */
const UNPRIVILEGED_USERS = ['postgres', 'nobody'];

/** `dataOwner` (of data that exist already) wins, so that data keep their owner over the years. */
export function chooseRunAs(dataOwner: RunAs | undefined): RunAs {
  if (process.getuid?.() !== 0) return {};
  if (dataOwner?.uid) return dataOwner;
  for (const name of UNPRIVILEGED_USERS) {
    const entry = readPasswd().find((fields) => fields[0] === name);
    if (entry) return { uid: Number(entry[2]) >>> 0, gid: Number(entry[3]) >>> 0 };
  }
  throw embeddedError(
    'embedded_postgres_unavailable',
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody" to run it. ' +
      'Start as an ordinary user, or create one of them.',
  );
}

function readPasswd(): string[][] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return lines.filter((line) => line && !line.startsWith('#')).map((line) => line.split(':'));
}

export function ownerOf(path: string): RunAs | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && { uid: stats.uid, gid: stats.gid };
}

/** Can that user walk down to this directory? Root's own home (mode 700) is the usual "no". */
export function canReach(directory: string, runAs: RunAs): boolean {
  if (runAs.uid === undefined) return true;
  const { mode, uid, gid } = statSync(directory);
  const search = uid === runAs.uid ? 0o100 : gid === runAs.gid ? 0o010 : 0o001;
  if ((mode & search) === 0) return false;
  const parent = dirname(directory);
  return parent === directory || canReach(parent, runAs);
}
