import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { type Socket, connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The tests' PostgreSQL, one per checkout, shared by test runs that happen at once. It lives in a process of its
 * own (shared-server.main.ts) for as long as somebody holds a lease, which is an open connection: however a test
 * run ends, its lease ends with it, and nothing is left running.
 */
const root = join(import.meta.dirname, '../..');

export const sharedServerPaths = {
  dataDir: join(root, 'var/test-postgres'),
  /** Holds the port on which leases are given. */
  address: join(root, 'var/test-postgres.address'),
  log: join(root, 'var/test-postgres.log'),
};

const PATIENCE_MS = 120_000;

export interface Lease {
  adminUrl: string;
  release(): void;
}

export async function leaseSharedServer(): Promise<Lease> {
  mkdirSync(join(root, 'var'), { recursive: true, mode: 0o755 });
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const lease = await askForLease();
    if (lease) return lease;
    const { code, message } = await launch();
    // Busy: another run was quicker to launch it, or the last one is just leaving.
    if (code === 'embedded_postgres_busy' && Date.now() < deadline) await sleep(200);
    else if (code !== 'ready') throw new Error(`The tests' PostgreSQL did not start: ${message}`);
  }
}

/** Undefined when nobody answers, or the one who does is about to leave. */
function askForLease(): Promise<Lease | undefined> {
  return new Promise((resolve) => {
    const port = readAddress();
    if (port === undefined) return resolve(undefined);
    const socket: Socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
    createInterface({ input: socket }).once('line', (line) => {
      const { adminUrl } = JSON.parse(line) as { adminUrl: string };
      resolve({ adminUrl, release: () => socket.destroy() });
    });
  });
}

function readAddress(): number | undefined {
  try {
    return Number(readFileSync(sharedServerPaths.address, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The one line that shared-server.main.ts says: "ready", or the code of what went wrong. */
export interface LaunchWord {
  code: string | undefined;
  message: string;
}

function launch(): Promise<LaunchWord> {
  const loader = join(import.meta.dirname, 'typescript.mjs');
  const main = join(import.meta.dirname, 'shared-server.main.ts');
  const child = spawn(process.execPath, ['--import', loader, main], {
    // Not of our process group: Ctrl-C here must not end it under another run.
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.unref();
  return new Promise((resolve) => {
    const hear = (word: LaunchWord): void => {
      child.stdout.destroy();
      resolve(word);
    };
    createInterface({ input: child.stdout }).once('line', (line) => hear(JSON.parse(line) as LaunchWord));
    child.once('exit', (code) =>
      hear({ code: undefined, message: `it ended without a word (exit code ${code})` }),
    );
  });
}
