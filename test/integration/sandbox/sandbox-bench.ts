import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../../src/sandbox/index.js';

export const API_KEY = 'test_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
export const OTHER_KEY = 'test_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read deep into Mollie's JSON
  json: any;
}

/** A sandbox of its own in a temporary folder. */
export async function freshSandbox(options: Partial<SandboxOptions> = {}): Promise<{
  sandbox: RunningSandbox;
  stateDir: string;
  dispose(): Promise<void>;
}> {
  const stateDir = options.stateDir ?? (await mkdtemp(join(tmpdir(), 'obole-sandbox-')));
  const sandbox = await startSandbox({ apiPort: 0, checkoutPort: 0, ...options, stateDir });
  return {
    sandbox,
    stateDir,
    dispose: async () => {
      await sandbox.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

/** A plain HTTPS call that trusts the sandbox's certificate, and nothing is retried behind our back. */
export function callApi(
  to: { apiUrl: string; caPem: string },
  method: string,
  path: string,
  input: {
    body?: unknown;
    key?: string | null;
    idempotencyKey?: string;
    rawBody?: string;
    signal?: AbortSignal;
  } = {},
): Promise<Reply> {
  const body = input.rawBody ?? (input.body === undefined ? undefined : JSON.stringify(input.body));
  const key = input.key === undefined ? API_KEY : input.key;
  const headers = {
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(input.idempotencyKey === undefined ? {} : { 'idempotency-key': input.idempotencyKey }),
  };
  return new Promise((resolve, reject) => {
    const call = httpsRequest(
      new URL(path, to.apiUrl),
      { method, headers, ca: to.caPem, agent: false, ...(input.signal && { signal: input.signal }) },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          const isJson = String(response.headers['content-type']).includes('json');
          const json: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/** The control endpoint; throws on anything but success. */
export async function control<T = Record<string, unknown>>(
  sandbox: Pick<RunningSandbox, 'controlUrl'>,
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${sandbox.controlUrl}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

export const GIFT = {
  amount: { currency: 'EUR', value: '20.00' },
  description: 'Don DON-1',
  redirectUrl: 'https://example.org/merci',
  locale: 'fr_FR',
  metadata: { paymentId: '0190-1' },
};

export async function makePayment(
  sandbox: RunningSandbox,
  more: Record<string, unknown> = {},
  key: string = API_KEY,
): Promise<string> {
  const reply = await callApi(sandbox, 'POST', 'payments', { body: { ...GIFT, ...more }, key });
  if (reply.status !== 201) throw new Error(reply.text);
  return reply.json.id as string;
}

export interface Received {
  body: string;
  contentType: string;
  userAgent: string;
}

/** A merchant's webhook endpoint: remembers each call, answers what it is told to. */
export async function merchant(
  answer: (call: number) => number | { status: number; location: string } | 'hang' = () => 200,
): Promise<{ url: string; received: Received[]; close(): Promise<void> }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { 'content-type': contentType = '', 'user-agent': userAgent = '' } = request.headers;
      received.push({ body, contentType, userAgent });
      const said = answer(received.length);
      if (said === 'hang') return;
      if (typeof said === 'number') response.writeHead(said).end();
      else response.writeHead(said.status, { location: said.location }).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Waits until it holds, and says what did not. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 8000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
