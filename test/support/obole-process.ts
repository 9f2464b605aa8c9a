import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/platform/embedded/free-port.js';
import type { TestApp } from './app.js';
import { eventually } from './factories.js';

/** A busy machine. */
const BOOT_PATIENCE_MS = 50_000;
const root = join(import.meta.dirname, '../..');

/** A test run that ends early must not leave them behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export interface ProcessOptions {
  /** The sources of the real entry points, run as they stand. */
  entry?: 'worker' | 'main';
  role?: 'web' | 'worker' | 'all';
  port?: number;
  leaseMs?: number;
  redisUrl?: string;
  smtpUrl?: string;
  /** Any other setting. */
  settings?: Record<string, string>;
}

/** A process of its own of the installation of a test app, started like in production, to be killed. */
export class OboleProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly directory: string,
    /** Everything that it wrote: its log and what it tells people. */
    readonly said: () => string,
  ) {}

  static async start(app: TestApp, options: ProcessOptions = {}): Promise<OboleProcess> {
    const directory = mkdtempSync(join(tmpdir(), 'obole-process-'));
    const port = options.port ?? (await freePort());
    const entry = join(root, `src/${options.entry ?? 'worker'}.ts`);
    const child = spawn(process.execPath, ['--import', join(root, 'test/support/typescript.mjs'), entry], {
      cwd: root,
      env: environment(app, options, port, directory),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    let said = '';
    for (const output of [child.stdout, child.stderr]) {
      output.on('data', (part: Buffer) => (said += part.toString()));
    }
    const started = new OboleProcess(`http://127.0.0.1:${port}`, child, directory, () => said);
    try {
      await started.ready();
    } catch (error) {
      await started.kill();
      throw error;
    }
    return started;
  }

  /** SIGKILL: nothing of it runs any more, no handler, no finally. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async ready(): Promise<void> {
    await eventually(
      async () => {
        if (this.child.exitCode !== null) throw new Error(`The process ended at once: ${this.said()}`);
        return fetch(`${this.url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        );
      },
      'the process answers',
      BOOT_PATIENCE_MS,
    );
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      await ended;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function environment(app: TestApp, options: ProcessOptions, port: number, directory: string) {
  const caFile = join(directory, 'ca.pem');
  writeFileSync(caFile, app.sandbox.caPem);
  return {
    PATH: process.env.PATH,
    ROLE: options.role ?? 'worker',
    PORT: String(port),
    PUBLIC_URL: app.config.http.publicUrl,
    VAR_DIR: directory,
    DATABASE_URL: app.database.appUrl,
    MOLLIE_API_KEY: app.config.mollie.apiKey ?? '',
    MOLLIE_API_URL: app.config.mollie.apiUrl,
    MOLLIE_CA_FILE: caFile,
    ...(app.config.mollie.app && {
      MOLLIE_CLIENT_ID: app.config.mollie.app.clientId,
      MOLLIE_CLIENT_SECRET: app.config.mollie.app.clientSecret,
      MOLLIE_AUTHORIZE_URL: app.config.mollie.app.authorizeUrl,
    }),
    MAIL_FROM: app.config.mail.from,
    SECRETS_KEYS: app.config.secretsKeys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(),
    JOB_LEASE_MS: String(options.leaseMs ?? 1_000),
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'fatal',
    ...(options.redisUrl && { REDIS_URL: options.redisUrl }),
    ...(options.smtpUrl && { SMTP_URL: options.smtpUrl }),
    ...options.settings,
  };
}
