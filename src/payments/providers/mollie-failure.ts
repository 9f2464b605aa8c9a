import type { ProviderAnswer } from './payment-provider.js';

type Failed = Exclude<ProviderAnswer<never>, { outcome: 'ok' }>;

/** What kept a call from being answered with yes. Never carries what was sent. */
export class MollieFailure extends Error {
  constructor(
    readonly answer: Failed,
    /** Worth another attempt at once? A time-out is not: it has used up the time. */
    readonly retryable: boolean,
  ) {
    super(answer.detail);
    this.name = 'MollieFailure';
  }
}

const CODES: Record<number, string> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  410: 'gone',
  422: 'unprocessable',
};

/** 409: the same key is being worked on; 408, 425, 429 and 5xx: later perhaps. All other 4xx are a clear no. */
const UNDECIDED = new Set([408, 409, 425, 429]);

/**
 * Mollie's error body (docs.mollie.com, "Handling errors"); null when the body was no JSON. Of the token endpoint it
 * has `error` and `error_description` instead (RFC 6749, 5.2).
 */
interface ErrorBody {
  detail?: unknown;
  field?: unknown;
  error?: unknown;
  error_description?: unknown;
}

export function failureOf(
  status: number,
  body: ErrorBody | null,
  retryAfter: string | undefined,
): MollieFailure {
  const isNo = body !== null && status >= 400 && status < 500 && !UNDECIDED.has(status);
  const explanation = body?.detail ?? body?.error_description;
  const said = typeof explanation === 'string' ? explanation.slice(0, 300) : 'no explanation';
  const detail = `Mollie answered ${status}: ${body === null ? 'not JSON' : said}`;
  if (!isNo) return new MollieFailure(unknown(detail, retryAfterMs(retryAfter)), true);
  const field = typeof body.field === 'string' ? body.field : null;
  const code = typeof body.error === 'string' ? body.error : (CODES[status] ?? `http_${status}`);
  return new MollieFailure({ outcome: 'refused', code, field, detail }, false);
}

/** It may have happened or not. */
export function unknown(detail: string, retryAfter: number | null = null): Failed {
  return { outcome: 'unknown', detail, retryAfterMs: retryAfter };
}

/** Seconds, or an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | undefined, now: number = Date.now()): number | null {
  if (header === undefined) return null;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
