import { readFileSync } from 'node:fs';
import type { AppConfig, MollieAppConfig } from './platform/config/app-config.js';
import { ConfigurationError, type Settings } from './platform/config/settings.js';
import { parseKeyRing } from './platform/crypto/key-ring.js';

/** What the embedded default supplies for settings that are absent. */
export interface Supplied {
  databaseUrl?: string;
  mollie?: { apiKey: string; apiUrl: string; caPem: string; app?: MollieAppConfig };
  secretsKeys?: string;
  demo?: { formPath: string };
}

const POLL_MS = 1_000;

/** @throws ConfigurationError naming what neither the settings nor the embedded default give */
export function runConfig(settings: Settings, supplied: Supplied = {}): AppConfig {
  const databaseUrl = settings.DATABASE_URL ?? supplied.databaseUrl;
  if (!databaseUrl) throw new ConfigurationError(['DATABASE_URL: is missing']);
  const production = settings.NODE_ENV === 'production';
  const metricsToken = settings.METRICS_TOKEN ?? null;
  return {
    production,
    role: settings.ROLE,
    http: {
      host: settings.HOST,
      port: settings.PORT,
      publicUrl: (settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, ''),
      trustProxy: settings.TRUST_PROXY,
      metricsToken,
    },
    database: { url: databaseUrl, poolSize: settings.DATABASE_POOL_SIZE },
    redisUrl: settings.REDIS_URL ?? null,
    jobs: { concurrency: settings.JOB_CONCURRENCY, leaseMs: settings.JOB_LEASE_MS, pollMs: POLL_MS },
    mail: { smtpUrl: settings.SMTP_URL ?? null, from: settings.MAIL_FROM },
    mollie: mollieConfig(settings, supplied),
    secretsKeys: secretsKeys(settings, supplied),
    logLevel: settings.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    demo: supplied.demo ?? null,
  };
}

function mollieConfig(settings: Settings, { mollie }: Supplied): AppConfig['mollie'] {
  const timeoutMs = settings.MOLLIE_TIMEOUT_MS;
  const app = appOf(settings);
  if (settings.MOLLIE_API_KEY || app) {
    const extraCaPem = settings.MOLLIE_CA_FILE ? readCaFile(settings.MOLLIE_CA_FILE) : null;
    const apiKey = settings.MOLLIE_API_KEY ?? null;
    return { apiKey, apiUrl: settings.MOLLIE_API_URL, extraCaPem, timeoutMs, app };
  }
  if (!mollie) throw new ConfigurationError(['MOLLIE_API_KEY: is missing']);
  const { apiKey, apiUrl, caPem } = mollie;
  return { apiKey, apiUrl, extraCaPem: caPem, timeoutMs, app: mollie.app ?? null };
}

function appOf(settings: Settings): MollieAppConfig | null {
  const { MOLLIE_CLIENT_ID: clientId, MOLLIE_CLIENT_SECRET: clientSecret } = settings;
  if (!clientId || !clientSecret) return null;
  return { clientId, clientSecret, authorizeUrl: settings.MOLLIE_AUTHORIZE_URL };
}

function secretsKeys(settings: Settings, supplied: Supplied): AppConfig['secretsKeys'] {
  const ring = parseKeyRing(settings.SECRETS_KEYS ?? supplied.secretsKeys ?? '');
  if (!ring) throw new ConfigurationError(['SECRETS_KEYS: is missing']);
  return ring;
}

function readCaFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ConfigurationError([`MOLLIE_CA_FILE: ${path} cannot be read`]);
  }
}
