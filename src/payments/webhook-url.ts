import type { AppConfig } from '../platform/config/app-config.js';

const PRIVATE_HOST = /^(localhost|.*\.local|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1\]?$)/;

/**
 * Mollie refuses a webhook address that it cannot reach (422, field webhookUrl), so none is given from a
 * private address; the return page and the sweep then learn what happened. A sandbox reaches us anywhere.
 */
export function webhookUrl(config: AppConfig, token: string): string | undefined {
  const isMollie = new URL(config.mollie.apiUrl).hostname.endsWith('mollie.com');
  if (isMollie && PRIVATE_HOST.test(new URL(config.http.publicUrl).hostname)) return undefined;
  return `${config.http.publicUrl}/webhooks/mollie/${token}`;
}
