import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCertificate } from '../../../src/sandbox/certificate.js';
import { systemClock } from '../../../src/kernel/clock.js';

export interface Recorded {
  method: string;
  /** Without the origin. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string | string[] | undefined>;
  /** Undefined when there was none. */
  body: unknown;
}

export interface RecordingMollie {
  apiUrl: string;
  caPem: string;
  /** What came over the wire, and is forgotten then. */
  taken(): Recorded[];
  /** Answers by path; a function sees the query. */
  answers: Map<string, unknown>;
  close(): Promise<void>;
}

/** Speaks TLS, writes down what it is asked, and answers what it was told to. */
export async function recordingMollie(): Promise<RecordingMollie> {
  const directory = await mkdtemp(join(tmpdir(), 'obole-recording-'));
  const { keyPem, certPem } = await ensureCertificate(directory, systemClock);
  const answers = new Map<string, unknown>();
  let seen: Recorded[] = [];
  const server = createServer({ key: keyPem, cert: certPem }, (request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (text += part));
    request.on('end', () => {
      const url = new URL(request.url!, 'https://localhost');
      const query = Object.fromEntries(url.searchParams);
      const isJson = request.headers['content-type'] === 'application/json';
      const body: unknown = text === '' ? undefined : isJson ? JSON.parse(text) : text;
      seen.push({ method: request.method!, path: url.pathname, query, headers: request.headers, body });
      const answer = answers.get(url.pathname);
      const json = typeof answer === 'function' ? (answer as (q: object) => unknown)(query) : answer;
      response.writeHead(answer === undefined ? 204 : 200, { 'content-type': 'application/hal+json' });
      response.end(answer === undefined ? undefined : JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `https://localhost:${port}/v2/`,
    caPem: certPem,
    answers,
    taken: () => {
      const all = seen;
      seen = [];
      return all;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true });
    },
  };
}
