import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { embeddedError } from './embedded-error.js';
import { type RunAs, canReach, chooseRunAs, ownerOf } from './run-as.js';

export interface DataPlace {
  /** Where the data really are: the wanted directory, or its place under the shelter. */
  dataDir: string;
  runAs: RunAs;
}

/**
 * Settles where the data lie and who owns them. As root, the server's unprivileged user may be unable to reach
 * the wanted directory (a checkout in /root): the data then live under `shelterDir`, and the wanted place
 * becomes a link to them, so that they are found again, also after the checkout has been moved.
 */
export function settleDataPlace(
  wanted: string,
  shelterDir: string,
  notice: (text: string) => void,
): DataPlace {
  const dataDir = followLink(resolve(wanted));
  mkdirSync(dirname(dataDir), { recursive: true, mode: 0o755 });
  const runAs = chooseRunAs(ownerOf(dataDir));
  if (canReach(dirname(dataDir), runAs)) {
    assertOwn(dataDir);
    return { dataDir, runAs };
  }
  if (existsSync(dataDir)) {
    throw embeddedError(
      'embedded_postgres_not_ours',
      `The data in ${dataDir} cannot be reached by user ${runAs.uid}, who runs PostgreSQL for root. ` +
        `Open the directories above it to others (chmod o+x), or move the data elsewhere.`,
    );
  }
  const sheltered = shelteredPlace(dataDir, shelterDir);
  symlinkSync(sheltered, dataDir);
  notice(
    `PostgreSQL does not run as root, and its user cannot reach ${dataDir}: the data live in ${sheltered} ` +
      '(kept over reboots), and the former is a link to the latter.',
  );
  return { dataDir: sheltered, runAs };
}

function followLink(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? resolve(dirname(path), readlinkSync(path)) : path;
}

/** A new name each time: who deletes the wanted place begins afresh, and what it pointed to is still there. */
function shelteredPlace(dataDir: string, shelterDir: string): string {
  mkdirSync(shelterDir, { recursive: true });
  const directory = mkdtempSync(join(shelterDir, 'data-'));
  for (const path of [shelterDir, directory]) chmodSync(path, 0o755);
  return join(directory, basename(dataDir));
}

function assertOwn(dataDir: string): void {
  const uid = process.getuid?.();
  const owner = ownerOf(dataDir)?.uid;
  if (!uid || owner === undefined || owner === uid) return;
  throw embeddedError(
    'embedded_postgres_not_ours',
    `The data in ${dataDir} belong to user ${owner}, and this process runs as user ${uid}. ` +
      'Start it as that user or as root, or choose another directory.',
  );
}

/** Root may have made the directory (a volume, an unpacked archive): the server's user must own all of it. */
export function giveTo(path: string, runAs: RunAs): void {
  if (runAs.uid === undefined || runAs.gid === undefined) return;
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  if (stats.uid !== runAs.uid) chownSync(path, runAs.uid, runAs.gid);
  if (stats.isDirectory()) readdirSync(path).forEach((name) => giveTo(join(path, name), runAs));
}
