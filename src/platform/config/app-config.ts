import type { SecretKey } from '../crypto/key-ring.js';
import type { Settings } from './settings.js';

/** The platform's own app at Mollie, which associations let act for them. */
export interface MollieAppConfig {
  clientId: string;
  clientSecret: string;
  /** Where an association's owner consents. */
  authorizeUrl: string;
}

/** What the running platform needs to know, complete: whoever started it has filled every gap. */
export interface AppConfig {
  production: boolean;
  role: Settings['ROLE'];
  http: { host: string; port: number; publicUrl: string; trustProxy: number; metricsToken: string | null };
  database: { url: string; poolSize: number };
  redisUrl: string | null;
  jobs: { concurrency: number; leaseMs: number; pollMs: number };
  mail: { smtpUrl: string | null; from: string };
  mollie: {
    /** Of associations without an account of their own; null: they cannot take gifts. */
    apiKey: string | null;
    apiUrl: string;
    extraCaPem: string | null;
    timeoutMs: number;
    app: MollieAppConfig | null;
  };
  /** The first seals, all open. */
  secretsKeys: readonly SecretKey[];
  logLevel: NonNullable<Settings['LOG_LEVEL']>;
  /** Shown on the home page of an installation that runs on the embedded default. */
  demo: { formPath: string } | null;
}

/** Nest's token for the AppConfig. */
export const APP_CONFIG = Symbol('AppConfig');

/** With a test key no real money moves; every page then says so. An association's own account has its own mode. */
export function isTestMode(config: AppConfig): boolean {
  return config.mollie.apiKey?.startsWith('test_') ?? false;
}
