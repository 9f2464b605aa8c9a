import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedError } from './embedded-error.js';
import { inspectProcess } from './process-facts.js';

interface Holder {
  pid: number;
  startMark: string;
  nonce: string;
}

export interface OwnerLock {
  release(): void;
}

/**
 * One owner at a time for a path, kept as a file that names the owner. A dead owner's lock is taken over.
 *
 * Two processes may find the same dead owner at once. So the right to remove a lock is itself a lock, named
 * after the nonce of the one to remove: whoever holds it looks again, and removes what it came for only.
 */
export async function takeOwnerLock(path: string): Promise<OwnerLock> {
  const self: Holder = {
    pid: process.pid,
    startMark: inspectProcess(process.pid)?.startMark ?? '',
    nonce: randomBytes(8).toString('hex'),
  };
  const draft = `${path}.${self.nonce}.new`;
  writeFileSync(draft, JSON.stringify(self), { mode: 0o644 });
  try {
    await linkInPlace(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release() {
      if (readHolder(path)?.nonce === self.nonce) rmSync(path, { force: true });
    },
  };
}

async function linkInPlace(draft: string, path: string): Promise<void> {
  for (;;) {
    try {
      linkSync(draft, path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(path);
    if (!holder) continue;
    if (isAlive(holder)) {
      throw embeddedError(
        'embedded_postgres_busy',
        `Process ${holder.pid} already runs the embedded PostgreSQL of ${path.replace(/\.lock$/, '')}. ` +
          'Stop it first, or give this one a data directory of its own.',
      );
    }
    await removeDeadLock(path, holder);
  }
}

async function removeDeadLock(path: string, dead: Holder): Promise<void> {
  let removal: OwnerLock;
  try {
    removal = await takeOwnerLock(`${path}.${dead.nonce}`);
  } catch {
    await sleep(20);
    return;
  }
  try {
    if (readHolder(path)?.nonce === dead.nonce) rmSync(path, { force: true });
  } finally {
    removal.release();
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // A power cut can leave the name without the bytes: nobody living holds such a lock.
    if (error instanceof SyntaxError) return { pid: 0, startMark: '', nonce: 'unreadable' };
    throw error;
  }
}

function isAlive(holder: Holder): boolean {
  const facts = inspectProcess(holder.pid);
  return facts !== undefined && facts.startMark === holder.startMark;
}
