import type { Settings } from './settings.js';

/** What the running platform needs to know, complete: whoever started it has filled every gap. */
export interface AppConfig {
  production: boolean;
  role: Settings['ROLE'];
  http: { host: string; port: number; publicUrl: string; trustProxy: number; metricsToken: string | null };
  database: { url: string; poolSize: number };
  redisUrl: string | null;
  jobs: { concurrency: number; leaseMs: number; pollMs: number };
  mail: { smtpUrl: string | null; from: string };
  mollie: { apiKey: string; apiUrl: string; extraCaPem: string | null; timeoutMs: number };
  logLevel: NonNullable<Settings['LOG_LEVEL']>;
  /** Shown on the home page of an installation that runs on the embedded default. */
  demo: { formPath: string } | null;
}

/** Nest's token for the AppConfig. */
export const APP_CONFIG = Symbol('AppConfig');

/** With a test key no real money moves; every page then says so. */
export function isTestMode(config: AppConfig): boolean {
  return config.mollie.apiKey.startsWith('test_');
}
