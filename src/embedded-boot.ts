import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { MollieAppConfig } from './platform/config/app-config.js';
import type { Settings } from './platform/config/settings.js';
import { migrateDatabase } from './platform/database/migrate.js';
import { keptSecrets } from './platform/embedded/kept-secrets.js';
import { readSecret } from './platform/embedded/secret-file.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './platform/embedded/start-embedded-postgres.js';
import { logger } from './platform/logging/logger.js';
import type { Supplied } from './run-config.js';
import { startSandbox, type RunningSandbox } from './sandbox/index.js';

const OWNER = 'obole_owner';
const LOGIN = 'obole_web';
const DATABASE = 'obole';
const SANDBOX_KEY = 'test_sandboxOfThisMachine';
const SANDBOX_APP = 'app_oboleOfThisMachine';

export interface EmbeddedBoot {
  supplied: Supplied;
  /** Does this run live on its own database, and may it be shown around? */
  isDemo: boolean;
  onDatabaseExit(listener: (how: string) => void): void;
  /** After the application has drained. */
  stop(): Promise<void>;
}

/** Supplies what the settings leave out: a database of our own, and a Mollie look-alike. */
export async function embeddedBoot(
  settings: Settings,
  notice: (text: string) => void,
): Promise<EmbeddedBoot> {
  const supplied: Supplied = {};
  let database: EmbeddedPostgres | undefined;
  let sandbox: RunningSandbox | undefined;
  const stop = async () => {
    await sandbox?.close();
    await database?.stop();
  };
  try {
    if (!settings.DATABASE_URL) {
      database = await startEmbeddedPostgres({
        dataDir: join(settings.VAR_DIR, 'postgres'),
        port: settings.EMBEDDED_DATABASE_PORT,
        notice,
      });
      supplied.databaseUrl = await prepareDatabase(database.adminUrl, settings.VAR_DIR);
    } else if (settings.DATABASE_OWNER_URL && settings.NODE_ENV !== 'production') {
      await migrateDatabase({ ownerUrl: settings.DATABASE_OWNER_URL, appUrl: settings.DATABASE_URL });
    }
    supplied.secretsKeys = keptSecretsKeys(settings.VAR_DIR);
    if (!settings.MOLLIE_API_KEY && !settings.MOLLIE_CLIENT_ID) {
      sandbox = await startSandboxFor(settings);
      supplied.mollie = {
        apiKey: SANDBOX_KEY,
        apiUrl: sandbox.apiUrl,
        caPem: sandbox.caPem,
        app: sandboxApp(settings.VAR_DIR, sandbox.authorizeUrl),
      };
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    supplied,
    isDemo: database !== undefined,
    onDatabaseExit: (listener) => database?.onExit(listener),
    stop,
  };
}

/** How a command beside the running platform reaches its database; undefined where it never ran. */
export function embeddedDatabaseUrl(varDir: string, dataDir: string): string | undefined {
  const port = readSecret(dataDir)?.port;
  if (!port) return undefined;
  const secrets = keptSecrets(rolesFile(varDir), [OWNER, LOGIN]);
  return as(`postgres://127.0.0.1:${port}`, LOGIN, secrets[LOGIN]!);
}

/** What seals the associations' secrets where no SECRETS_KEYS is set; settings refuse to go without in production. */
function keptSecretsKeys(varDir: string): string {
  return `k1:${keptSecrets(secretsFile(varDir), ['k1'], 32).k1!}`;
}

/** The same for a command beside the platform; undefined where it never ran without SECRETS_KEYS. */
export function findSecretsKeys(varDir: string): string | undefined {
  return existsSync(secretsFile(varDir)) ? keptSecretsKeys(varDir) : undefined;
}

const secretsFile = (varDir: string): string => join(varDir, 'secrets-keys.json');

/** An app of this installation at its own sandbox, so that connecting an account can be tried too. */
function sandboxApp(varDir: string, authorizeUrl: string): MollieAppConfig {
  const { secret } = keptSecrets(join(varDir, 'sandbox-app.json'), ['secret']);
  return { clientId: SANDBOX_APP, clientSecret: secret!, authorizeUrl };
}

const rolesFile = (varDir: string): string => join(varDir, 'database-roles.json');

/** The schema belongs to one role, the application is another: as in production. */
async function prepareDatabase(adminUrl: string, varDir: string): Promise<string> {
  const secrets = keptSecrets(rolesFile(varDir), [OWNER, LOGIN]);
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  try {
    for (const [role, attributes] of [
      [OWNER, 'CREATEROLE'],
      [LOGIN, ''],
    ] as const) {
      const known = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
      const password = admin.escapeLiteral(secrets[role]!);
      await admin.query(
        `${known.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${role} LOGIN ${attributes} PASSWORD ${password}`,
      );
    }
    const made = await admin.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (made.rowCount === 0) await admin.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
  } finally {
    await admin.end();
  }
  const appUrl = as(adminUrl, LOGIN, secrets[LOGIN]!);
  const ownerUrl = as(adminUrl, OWNER, secrets[OWNER]!);
  await migrateDatabase({ ownerUrl, appUrl });
  await releaseJobs(ownerUrl);
  return appUrl;
}

/** Nobody else works on a database of our own: what a killed run was holding need not wait for its lease to end. */
async function releaseJobs(ownerUrl: string): Promise<void> {
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  try {
    await owner.query('UPDATE outbox SET held_until = NULL WHERE held_until IS NOT NULL');
  } finally {
    await owner.end();
  }
}

function as(adminUrl: string, role: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  url.pathname = `/${DATABASE}`;
  return url.href;
}

function startSandboxFor(settings: Settings): Promise<RunningSandbox> {
  const next = (offset: number) => (settings.PORT === 0 ? 0 : settings.PORT + offset);
  return startSandbox({
    checkoutPort: settings.SANDBOX_CHECKOUT_PORT ?? next(1),
    apiPort: settings.SANDBOX_API_PORT ?? next(2),
    stateDir: join(settings.VAR_DIR, 'sandbox'),
    logger: (message) => logger.debug(`sandbox: ${message}`),
  });
}
