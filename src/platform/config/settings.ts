import { z } from 'zod';
import { parseKeyRing } from '../crypto/key-ring.js';

const port = z.coerce.number().int().min(0).max(65535);
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1)), {
    error: `must be a URL that starts with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  });

/** Every setting there is. `.env.example` documents them and a test keeps the two equal. */
export const settingsSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** `all` in one process; `web` and `worker` when they are run apart. */
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  /** How donors and Mollie reach this installation. Default: http://localhost:PORT. */
  PUBLIC_URL: url('http', 'https').optional(),
  /** Number of reverse proxies in front, whose X-Forwarded-For is believed. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** Where the embedded database and the sandbox keep their data. */
  VAR_DIR: z.string().min(1).default('./var'),
  /** The application's own role: it owns nothing. Absent: an embedded PostgreSQL is started. */
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  /** The role that owns the schema; only `obole migrate` uses it. */
  DATABASE_OWNER_URL: url('postgres', 'postgresql').optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(16),
  EMBEDDED_DATABASE_PORT: port.default(0),
  /** Absent: jobs run in this process, straight from the outbox. */
  REDIS_URL: url('redis', 'rediss').optional(),
  JOB_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(8),
  /** How long a job may be held by a process that no longer answers. */
  JOB_LEASE_MS: z.coerce.number().int().min(1_000).default(60_000),
  /** Absent: mails are kept and shown on the demo mailbox page. */
  SMTP_URL: url('smtp', 'smtps').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\s@<>]+@[^\s@<>]+$/, { error: 'must be a bare mail address' })
    .default('dons@localhost'),
  /** Absent: the sandbox, a look-alike of Mollie on this machine. */
  MOLLIE_API_KEY: z
    .string()
    .regex(/^(test|live)_\w{10,}$/, { error: 'must start with test_ or live_' })
    .optional(),
  MOLLIE_API_URL: url('https').default('https://api.mollie.com/v2/'),
  /** The app that associations connect their own accounts to; both or none. */
  MOLLIE_CLIENT_ID: z
    .string()
    .regex(/^app_\w+$/, { error: 'must start with app_' })
    .optional(),
  MOLLIE_CLIENT_SECRET: z.string().min(8).optional(),
  MOLLIE_AUTHORIZE_URL: url('http', 'https').default('https://my.mollie.com/oauth2/authorize'),
  /** A PEM file to trust besides the usual authorities: a sandbox, or a company's TLS proxy. */
  MOLLIE_CA_FILE: z.string().min(1).optional(),
  MOLLIE_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
  /** `k2:base64…,k1:base64…`: the first seals the associations' tokens and keys, all open. */
  SECRETS_KEYS: z
    .string()
    .refine((text) => parseKeyRing(text) !== undefined, {
      error:
        'must be id:key pairs with commas between, each key 32 bytes in base64 (openssl rand -base64 32)',
    })
    .optional(),
  SANDBOX_API_PORT: port.optional(),
  SANDBOX_CHECKOUT_PORT: port.optional(),
  /** Default: info in production, warn elsewhere. One line per request from info on. */
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  /** Bearer token for /metrics. In production without it /metrics does not exist. */
  METRICS_TOKEN: z.string().min(16).optional(),
});

export type Settings = z.infer<typeof settingsSchema>;

export const settingNames = Object.keys(settingsSchema.shape);

/** What production must say aloud: nothing falls back silently there. */
const REQUIRED_IN_PRODUCTION = [
  'PUBLIC_URL',
  'DATABASE_URL',
  'SMTP_URL',
  'MAIL_FROM',
  'SECRETS_KEYS',
] as const;

/** The key that docker-compose.yml shows to everybody: for its sandbox, never for real accounts. */
const PUBLISHED_KEY = 'local key of docker-compose.yml!';

export class ConfigurationError extends Error {
  constructor(readonly faults: string[]) {
    super(
      `The configuration is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee .env.example.`,
    );
    this.name = 'ConfigurationError';
  }
}

/**
 * Reads the settings. An empty value counts as absent.
 * @throws ConfigurationError that names every faulty or missing setting at once
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(settingNames.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = settingsSchema.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
  faults.push(...contradictions(given));
  if (given.NODE_ENV === 'production') faults.push(...gapsOfProduction(given));
  if (faults.length > 0 || !parsed.success) throw new ConfigurationError(faults);
  return parsed.data;
}

function contradictions(given: Record<string, string | undefined>): string[] {
  const { MOLLIE_CLIENT_ID: id, MOLLIE_CLIENT_SECRET: secret } = given;
  if (!id === !secret) return [];
  return [`MOLLIE_CLIENT_${id ? 'SECRET' : 'ID'}: is missing; the app's id and secret belong together`];
}

function gapsOfProduction(given: Record<string, string | undefined>): string[] {
  const faults = REQUIRED_IN_PRODUCTION.filter((name) => !given[name]).map(
    (name) => `${name}: is missing, and production falls back on nothing`,
  );
  if (!given.MOLLIE_API_KEY && !given.MOLLIE_CLIENT_ID) {
    faults.push(
      'MOLLIE_API_KEY: is missing, and production falls back on nothing (MOLLIE_CLIENT_ID would do too)',
    );
  }
  if (!given.REDIS_URL && given.ROLE !== undefined && given.ROLE !== 'all') {
    faults.push(`REDIS_URL: is missing, and ROLE=${given.ROLE} needs it to pass work from web to worker`);
  }
  const ring = parseKeyRing(given.SECRETS_KEYS ?? '') ?? [];
  const isReal = given.MOLLIE_API_KEY?.startsWith('live_') || given.MOLLIE_CLIENT_ID !== undefined;
  if (isReal && ring.some(({ key }) => key.equals(Buffer.from(PUBLISHED_KEY)))) {
    faults.push(
      'SECRETS_KEYS: holds the key of docker-compose.yml, which everybody knows; make one of your own',
    );
  }
  return faults;
}
