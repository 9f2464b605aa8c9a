import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, closeSync, openSync, readFileSync, statSync } from 'node:fs';
import type { Binaries } from './binaries.js';
import { embeddedError } from './embedded-error.js';
import { readPostmasterFile } from './postmaster-file.js';
import type { RunAs } from './run-as.js';
import { asArguments, serverEnvironment } from './server-settings.js';
import { signalServer } from './signal-server.js';
import { until } from './until.js';

/** Recovery after a crash replays the write-ahead log: minutes on a slow disk, never to be cut short. */
const START_MS = 15 * 60_000;
const SLOW_START_MS = 5_000;
const STOP_MS = 60_000;
const IMMEDIATE_STOP_MS = 10_000;

export interface PostmasterOptions {
  dataDir: string;
  binaries: Binaries;
  runAs: RunAs;
  logFile: string;
  settings: Record<string, string>;
  notice: (text: string) => void;
}

/** A running server that is our child. */
export class Postmaster {
  readonly exited: Promise<string>;
  private isGone = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly binaries: Binaries,
  ) {
    this.exited = new Promise((resolve) => {
      const end = (how: string): void => {
        this.isGone = true;
        resolve(how);
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    });
  }

  /** Resolves when connections are accepted. */
  static async start(options: PostmasterOptions): Promise<Postmaster> {
    const { dataDir, binaries, runAs, logFile } = options;
    const log = openSync(logFile, 'a', 0o600);
    if (runAs.uid !== undefined && runAs.gid !== undefined) chownSync(logFile, runAs.uid, runAs.gid);
    const logStart = statSync(logFile).size;
    const child = spawn(binaries.postgres, ['-D', dataDir, ...asArguments(options.settings)], {
      ...runAs,
      cwd: '/',
      env: serverEnvironment(),
      stdio: ['ignore', log, log],
      // A session of its own: Ctrl-C in a terminal must reach Node, which drains first, and not the server.
      detached: true,
    });
    closeSync(log);
    const postmaster = new Postmaster(child, binaries);
    await postmaster.waitUntilReady(options, logStart);
    return postmaster;
  }

  private async waitUntilReady(
    { dataDir, logFile, notice }: PostmasterOptions,
    logStart: number,
  ): Promise<void> {
    const isReady = (): boolean => {
      const file = readPostmasterFile(dataDir);
      return file?.pid === this.child.pid && file?.status === 'ready';
    };
    const isDecided = (): boolean => this.isGone || isReady();
    if (!(await until(isDecided, SLOW_START_MS))) {
      notice(
        'PostgreSQL is recovering from an unclean stop; this can take minutes. Nothing is lost by waiting.',
      );
      await until(isDecided, START_MS);
    }
    if (isReady()) return;
    await this.stop();
    const log = readFileSync(logFile).subarray(logStart).toString('utf8').trim();
    throw embeddedError(
      'embedded_postgres_failed',
      `PostgreSQL did not start (${await this.exited}). Its log, ${logFile}, ends with:\n${log.slice(-2000)}`,
    );
  }

  /** In order if the server obeys in a minute, else by force: committed data survive both. */
  async stop(): Promise<void> {
    for (const [signal, patienceMs] of [
      ['SIGINT', STOP_MS],
      ['SIGQUIT', IMMEDIATE_STOP_MS],
      ['SIGKILL', IMMEDIATE_STOP_MS],
    ] as const) {
      if (this.isGone || this.child.pid === undefined) return;
      signalServer(this.binaries, this.child.pid, signal);
      if (await until(() => this.isGone, patienceMs)) return;
    }
    throw embeddedError('embedded_postgres_failed', `PostgreSQL ${this.child.pid} cannot be stopped.`);
  }
}
