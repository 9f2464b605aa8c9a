import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/create-app.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { freePort } from '../../src/platform/embedded/free-port.js';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/index.js';
import { createTestDatabase, type TestDatabase } from './database.js';

export interface TestApp {
  url: string;
  config: AppConfig;
  database: TestDatabase;
  sandbox: RunningSandbox;
  app: NestFastifyApplication;
  /** A provider of the running application: use cases are called directly where HTTP is not the subject. */
  get<T>(type: Type<T> | (abstract new (...args: never[]) => T)): T;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Joins the database and sandbox of another test app: a second process of the same installation. */
  beside?: TestApp;
  redisUrl?: string;
  smtpUrl?: string;
  role?: AppConfig['role'];
  leaseMs?: number;
  mollieTimeoutMs?: number;
  webhookRetryDelaysMs?: number[];
  production?: boolean;
  metricsToken?: string;
  /** Null: an installation whose associations bring their own accounts. */
  apiKey?: string | null;
  /** Elsewhere than the sandbox: nothing that calls there will be answered. */
  mollieApiUrl?: string;
  /** Null: an installation without an app at Mollie. */
  mollieApp?: null;
}

/** The whole platform on a database of its own, with its own sandbox, on ports of this machine only. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { beside } = options;
  const stateDir = await mkdtemp(join(tmpdir(), 'obole-sandbox-'));
  const database = beside?.database ?? (await createTestDatabase());
  const sandbox =
    beside?.sandbox ??
    (await startSandbox({
      apiPort: 0,
      checkoutPort: 0,
      stateDir,
      webhookRetryDelaysMs: options.webhookRetryDelaysMs,
    }));
  const free = async (): Promise<void> => {
    if (!beside) {
      await sandbox.close();
      await database.drop();
    }
    await rm(stateDir, { recursive: true, force: true });
  };
  const config = testConfig(await freePort(), database, sandbox, options);
  let app: NestFastifyApplication;
  try {
    app = await createApp(config);
    await app.listen(config.http.port, config.http.host);
  } catch (error) {
    // Or the test run would wait for the sandbox for ever instead of telling why.
    await free();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${config.http.port}`,
    config,
    database,
    sandbox,
    app,
    get: (type) => app.get(type as never, { strict: false }),
    close: async () => {
      await app.close();
      await free();
    },
  };
}

function testConfig(
  port: number,
  database: TestDatabase,
  sandbox: RunningSandbox,
  options: TestAppOptions,
): AppConfig {
  return {
    production: options.production ?? false,
    role: options.role ?? 'all',
    http: {
      host: '127.0.0.1',
      port,
      // Whatever process makes a link: it leads to the installation's web process.
      publicUrl: options.beside?.config.http.publicUrl ?? `http://127.0.0.1:${port}`,
      trustProxy: 0,
      metricsToken: options.metricsToken ?? null,
    },
    database: { url: database.appUrl, poolSize: 8 },
    redisUrl: options.redisUrl ?? null,
    jobs: { concurrency: 4, leaseMs: options.leaseMs ?? 10_000, pollMs: 200 },
    mail: { smtpUrl: options.smtpUrl ?? null, from: 'dons@example.org' },
    mollie: {
      apiKey: options.apiKey === undefined ? 'test_keyOfTheTests' : options.apiKey,
      apiUrl: options.mollieApiUrl ?? sandbox.apiUrl,
      extraCaPem: sandbox.caPem,
      timeoutMs: options.mollieTimeoutMs ?? 5_000,
      app:
        options.mollieApp === null
          ? null
          : {
              clientId: 'app_oboleOfTheTests',
              clientSecret: 'secretOfTheTestsApp',
              authorizeUrl: sandbox.authorizeUrl,
            },
    },
    secretsKeys: [{ id: 'tests', key: Buffer.alloc(32, 1) }],
    logLevel: (process.env.TEST_LOG_LEVEL as AppConfig['logLevel'] | undefined) ?? 'silent',
    demo: null,
  };
}
