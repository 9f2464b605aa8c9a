import { createMollieClient, type MollieClient } from '@mollie/api-client';
import type { MollieTransport, TransportRequest } from './mollie-transport.js';

type Send = (path: string, request?: TransportRequest) => Promise<unknown>;

/** What lies behind the client's endpoints: the one function through which all of them reach the network. */
interface Seam {
  payments?: { networkClient?: { networkClient?: { request?: Send } } };
}

const MAX_CLIENTS = 200;

/**
 * One Mollie client per API key, the least recently used forgotten first.
 *
 * @mollie/api-client gives us endpoints, parameters and types; its network side is replaced, because as of 4.6.0 it
 * has no time limit, trusts only authorities of 2021 (and cannot be told of another), opens a TLS connection per call,
 * waits in silence between its own retries of 5xx, does not retry 429, and hides `Retry-After`. Its options offer no
 * other way: the agent and the retries are made inside the constructor. But all endpoints share one object whose
 * `request(path, options)` is a plain own property, and that we set. Should an upgrade move it, `openSeam` refuses to
 * go on, so that no call is ever made without limits.
 */
export class MollieClients {
  private readonly clients = new Map<string, MollieClient>();

  constructor(private readonly transport: MollieTransport) {}

  of(apiKey: string): MollieClient {
    const client = this.clients.get(apiKey) ?? this.make(apiKey);
    this.clients.delete(apiKey);
    this.clients.set(apiKey, client);
    const oldest = this.clients.keys().next().value;
    if (this.clients.size > MAX_CLIENTS && oldest !== undefined) this.clients.delete(oldest);
    return client;
  }

  get size(): number {
    return this.clients.size;
  }

  private make(apiKey: string): MollieClient {
    const client = createMollieClient({ apiKey });
    openSeam(client, (path, request) => this.transport.send(apiKey, path, request));
    return client;
  }
}

/** @throws Error when this version of the client has no such seam */
export function openSeam(client: object, send: Send): void {
  const network = (client as Seam).payments?.networkClient?.networkClient;
  if (!network || !Object.hasOwn(network, 'request') || typeof network.request !== 'function') {
    throw new Error(
      'This version of @mollie/api-client sends its requests in another way: mend mollie-clients.ts.',
    );
  }
  network.request = send;
}
