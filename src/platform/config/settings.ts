import { z } from 'zod';

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
  /** A PEM file to trust besides the usual authorities: a sandbox, or a company's TLS proxy. */
  MOLLIE_CA_FILE: z.string().min(1).optional(),
  MOLLIE_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
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
  'MOLLIE_API_KEY',
  'MAIL_FROM',
] as const;

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
  if (given.NODE_ENV === 'production') {
    for (const name of REQUIRED_IN_PRODUCTION)
      if (!given[name]) faults.push(`${name}: is missing, and production falls back on nothing`);
    if (!given.REDIS_URL && given.ROLE !== undefined && given.ROLE !== 'all') {
      faults.push(`REDIS_URL: is missing, and ROLE=${given.ROLE} needs it to pass work from web to worker`);
    }
  }
  if (faults.length > 0 || !parsed.success) throw new ConfigurationError(faults);
  return parsed.data;
}
