import { createMollieClient, type MollieClient } from '@mollie/api-client';
import type { MollieTransport, TransportRequest } from './mollie-transport.js';
import type { ProviderAccount } from './payment-provider.js';

type Send = (path: string, request?: TransportRequest) => Promise<unknown>;

/** What lies behind the client's endpoints: the one function through which all of them reach the network. */
interface Seam {
  payments?: { networkClient?: { networkClient?: { request?: Send } } };
}

const MAX_CLIENTS = 200;

/**
 * One Mollie client per key or token, the least recently used forgotten first.
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

  of(account: ProviderAccount): MollieClient {
    const key = Object.values(account).join(' ');
    const client = this.clients.get(key) ?? this.make(account);
    this.clients.delete(key);
    this.clients.set(key, client);
    const oldest = this.clients.keys().next().value;
    if (this.clients.size > MAX_CLIENTS && oldest !== undefined) this.clients.delete(oldest);
    return client;
  }

  get size(): number {
    return this.clients.size;
  }

  private make(account: ProviderAccount): MollieClient {
    const client = createMollieClient(credentialsOf(account));
    const bearer = 'apiKey' in account ? account.apiKey : account.accessToken;
    openSeam(client, (path, request) => this.transport.send(`Bearer ${bearer}`, path, request));
    return client;
  }
}

function credentialsOf(account: ProviderAccount) {
  if ('apiKey' in account) return { apiKey: account.apiKey };
  const { accessToken, profileId, testmode } = account;
  return { accessToken, parameterDefaults: { profileId, testmode } };
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
