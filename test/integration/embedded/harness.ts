import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../../../src/platform/embedded/start-embedded-postgres.js';

const root = join(import.meta.dirname, '../../..');

/** A place for one cluster, and everything that must be gone after the test. */
export class Harness {
  readonly directory: string;
  private readonly cleanups: (() => unknown)[] = [];

  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), 'obole-embedded-'));
    // mkdtemp makes it private; the server's unprivileged user must pass when the tests run as root.
    chmodSync(this.directory, 0o755);
  }

  get dataDir(): string {
    return join(this.directory, 'data');
  }

  async start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ dataDir: this.dataDir, ...options });
    this.cleanups.push(() => server.stop());
    return server;
  }

  /** The supervisor in a Node process of its own, which can be killed. Resolves with its first line of output. */
  async startChild(script: string, ...args: string[]): Promise<{ child: ChildProcess; said: string }> {
    const loader = join(root, 'test/support/typescript.mjs');
    const file = join(import.meta.dirname, script);
    const child = spawn(process.execPath, ['--import', loader, file, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.cleanups.push(() => child.kill('SIGKILL'));
    const said = await new Promise<string>((resolve) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (code) => resolve(`exit ${code}`));
    });
    return { child, said };
  }

  postmasterPid(): number {
    return Number(readFileSync(join(this.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async cleanUp(): Promise<void> {
    for (const cleanup of this.cleanups.reverse()) await cleanup();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Runs statements over one connection of their own; the rows of the last one. */
export async function query(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  // A server killed under an open connection is the point of some tests, not an accident.
  client.on('error', () => undefined);
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

export function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
}
