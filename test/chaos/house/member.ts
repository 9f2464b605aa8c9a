import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, type WriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const dist = resolve(process.env.BENCH_DIST ?? 'dist');
const BOOT_PATIENCE_MS = 90_000;
const RESTART_PAUSE_MS = 300;
const LAST_WORDS = 2_000;

/** A run that ends early must not leave them behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export interface MemberOptions {
  name: string;
  port: number;
  entry: 'main' | 'worker';
  settings: Record<string, string>;
  nodeArgs: string[];
}

/** One process of the compiled platform, kept alive as an orchestrator does: whenever it ends, it is started again. */
export class Member {
  /** How often it ended without having been asked to. */
  ownExits = 0;
  kills = 0;
  private child: ChildProcess | undefined;
  private wanted = false;
  private readonly log: WriteStream;
  private readonly varDir: string;

  constructor(
    private readonly options: MemberOptions,
    home: string,
  ) {
    mkdirSync(join(home, this.name), { recursive: true });
    this.log = createWriteStream(join(home, `${this.name}.log`), { flags: 'a' });
    this.varDir = join(home, this.name);
  }

  get name(): string {
    return this.options.name;
  }

  start(): void {
    this.wanted = true;
    const { entry, port, settings, nodeArgs } = this.options;
    const args = ['--enable-source-maps', ...nodeArgs, join(dist, `src/${entry}.js`)];
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH, ...settings, PORT: String(port), VAR_DIR: this.varDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    running.add(child);
    child.stdout.pipe(this.log, { end: false });
    child.stderr.pipe(this.log, { end: false });
    child.once('exit', (code, signal) => {
      running.delete(child);
      if (!this.wanted) return;
      if (signal !== 'SIGKILL') {
        this.ownExits += 1;
        this.log.write(`${this.name} ended by itself (${signal ?? `exit code ${code}`})\n`);
      }
      setTimeout(() => this.wanted && this.start(), RESTART_PAUSE_MS);
    });
  }

  /** kill -9: no handler, no finally. It comes back by itself. */
  kill(): void {
    const isAlive = this.child?.exitCode === null && this.child.signalCode === null;
    if (isAlive && this.child!.kill('SIGKILL')) this.kills += 1;
  }

  async ready(): Promise<void> {
    const deadline = Date.now() + BOOT_PATIENCE_MS;
    while (!(await this.answers())) {
      if (Date.now() > deadline)
        throw new Error(`${this.name} does not answer. It said:\n${this.lastWords()}`);
      await sleep(100);
    }
  }

  /** In order; by force when it does not obey. */
  async stop(): Promise<void> {
    this.wanted = false;
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(force);
  }

  private lastWords(): string {
    return readFileSync(this.log.path, 'utf8').slice(-LAST_WORDS);
  }

  private async answers(): Promise<boolean> {
    try {
      const url = `http://127.0.0.1:${this.options.port}/health/ready`;
      return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false;
    }
  }
}
