import { Agent, request as httpsRequest } from 'node:https';
import { createSecureContext, rootCertificates } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { MollieFailure, failureOf, unknown } from './mollie-failure.js';

export interface TransportOptions {
  apiUrl: URL;
  extraCaPem?: string;
  /** For one call with all its attempts, from asking to the last byte. */
  timeoutMs: number;
  maxAttempts: number;
  userAgent: string;
}

/** What Mollie's client hands over: verb, body and its Idempotency-Key. A body is JSON unless `headers` say otherwise. */
export interface TransportRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

interface Reply {
  status: number;
  text: string;
  retryAfter: string | undefined;
}

const FIRST_PAUSE_MS = 200;
const MAX_REPLY_BYTES = 5_000_000;

/** Speaks to Mollie over TLS with one pool of kept-alive connections, and never longer than it may. */
export class MollieTransport {
  private readonly agent: Agent;

  constructor(private readonly options: TransportOptions) {
    const { apiUrl, extraCaPem } = options;
    if (apiUrl.protocol !== 'https:')
      throw new Error(`Mollie is spoken to over https only, not ${apiUrl.protocol}`);
    // Without an extra certificate Node's own store is left alone, so that NODE_EXTRA_CA_CERTS works too. With one, the
    // context is made once: given as `ca`, the agent would build a 200 kB pool name from it for every request.
    const ca = extraCaPem === undefined ? undefined : [...rootCertificates, extraCaPem];
    const trust = ca === undefined ? {} : { secureContext: createSecureContext({ ca }) };
    this.agent = new Agent({ keepAlive: true, maxSockets: 64, ...trust });
  }

  /**
   * One call with its attempts. Every attempt carries the same idempotency key, so a second one repeats nothing.
   * @param authorization the whole header
   * @returns the parsed answer, `true` for an empty one
   * @throws MollieFailure
   */
  async send(
    authorization: string,
    path: string,
    request: TransportRequest = {},
    maxAttempts = this.options.maxAttempts,
  ): Promise<unknown> {
    const url = this.urlOf(path);
    const deadline = performance.now() + this.options.timeoutMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(authorization, url, request, deadline - performance.now());
      } catch (error) {
        if (!(error instanceof MollieFailure)) throw error;
        const pause = pauseBefore(attempt, error);
        const isOver = attempt >= maxAttempts || performance.now() + pause >= deadline;
        if (!error.retryable || isOver) throw error;
        await sleep(pause);
      }
    }
  }

  close(): void {
    this.agent.destroy();
  }

  /** A link in an answer must not carry the key to another host. */
  private urlOf(path: string): URL {
    const url = new URL(path, this.options.apiUrl);
    if (url.origin !== this.options.apiUrl.origin) {
      throw new MollieFailure(unknown(`Mollie's answer led to another host, ${url.host}`), false);
    }
    return url;
  }

  private async attempt(
    authorization: string,
    url: URL,
    request: TransportRequest,
    leftMs: number,
  ): Promise<unknown> {
    const reply = await this.exchange(authorization, url, request, Math.max(1, leftMs));
    const isYes = reply.status >= 200 && reply.status < 300;
    if (isYes && reply.text === '') return true;
    const json = parseJson(reply.text);
    if (isYes && json !== null) return json;
    throw failureOf(reply.status, json, reply.retryAfter);
  }

  private exchange(
    authorization: string,
    url: URL,
    request: TransportRequest,
    leftMs: number,
  ): Promise<Reply> {
    const { agent } = this;
    const signal = AbortSignal.timeout(Math.ceil(leftMs));
    const headers = {
      ...(request.body !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(request.body),
      }),
      ...request.headers,
      authorization,
      accept: 'application/hal+json',
      'user-agent': this.options.userAgent,
    };
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException): void => {
        const isLate = signal.aborted;
        const what = isLate ? `No answer from Mollie within ${this.options.timeoutMs} ms` : describe(error);
        reject(new MollieFailure(unknown(what), !isLate));
      };
      const call = httpsRequest(
        url,
        { method: request.method ?? 'GET', headers, agent, signal },
        (response) => {
          const chunks: Buffer[] = [];
          let bytes = 0;
          response.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes > MAX_REPLY_BYTES) call.destroy(new Error('the answer is too long'));
          });
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({ status: response.statusCode ?? 0, text, retryAfter: response.headers['retry-after'] });
          });
          response.on('error', fail);
        },
      );
      call.on('error', fail);
      call.end(request.body);
    });
  }
}

/** What Mollie asks for; else doubling, with jitter so that many callers do not come back together. */
function pauseBefore(attempt: number, failure: MollieFailure): number {
  const asked = failure.answer.outcome === 'unknown' ? failure.answer.retryAfterMs : null;
  return asked ?? FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
}

function parseJson(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The system's code tells enough; its message may hold addresses. */
function describe(error: NodeJS.ErrnoException): string {
  return `Mollie could not be reached: ${error.code ?? error.message}`;
}
