import type { MollieClient } from '@mollie/api-client';
import { MollieClients } from './mollie-clients.js';
import { MollieFailure, unknown } from './mollie-failure.js';
import { MollieTransport } from './mollie-transport.js';
import type { ProviderAccount, ProviderAnswer } from './payment-provider.js';

export interface MollieOptions {
  /** "https://api.mollie.com/v2/", or the sandbox's. */
  apiUrl: string;
  /** A certificate to trust besides the usual ones: the sandbox's. */
  extraCaPem?: string;
  /** For one call with all its attempts. */
  timeoutMs?: number;
  maxAttempts?: number;
  /** "Obole/1.2.3", told to Mollie. */
  versionString?: string;
  /** Throws when called inside a database transaction: a slow provider must not hold locks. */
  assertNoTransaction?: () => void;
}

/** The line to Mollie, or to whoever speaks like it. Every outcome is an answer, none is thrown. */
export class MollieLink {
  readonly transport: MollieTransport;
  private readonly clients: MollieClients;
  private readonly assertNoTransaction: () => void;

  constructor(options: MollieOptions) {
    const { apiUrl, extraCaPem, timeoutMs = 15_000, maxAttempts = 3, versionString = 'Obole/0' } = options;
    this.transport = new MollieTransport({
      apiUrl: new URL(apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`),
      extraCaPem,
      timeoutMs,
      maxAttempts,
      userAgent: `Node/${process.version} ${versionString}`,
    });
    this.clients = new MollieClients(this.transport);
    this.assertNoTransaction = options.assertNoTransaction ?? (() => undefined);
  }

  /** Asks through Mollie's client, as the holder of this account. */
  as<T>(account: ProviderAccount, call: (client: MollieClient) => Promise<T>): Promise<ProviderAnswer<T>> {
    return this.ask(() => call(this.clients.of(account)));
  }

  async ask<T>(call: () => Promise<T>): Promise<ProviderAnswer<T>> {
    this.assertNoTransaction();
    try {
      return { outcome: 'ok', value: await call() };
    } catch (error) {
      return toAnswer(error);
    }
  }

  /** Ends the kept-alive connections. */
  close(): void {
    this.transport.close();
  }
}

function toAnswer(error: unknown): ProviderAnswer<never> {
  if (error instanceof MollieFailure) return error.answer;
  if (!(error instanceof Error)) throw error;
  // The client's own checks, before anything was sent: a payment id that is none.
  if (error.name === 'ApiError' && !error.message.startsWith('Received unexpected response')) {
    return { outcome: 'refused', code: 'invalid_request', field: null, detail: error.message };
  }
  // A 2xx that the client or our mapper cannot read. The call happened: what came of it is unknown.
  return unknown(`Mollie's answer was not understood: ${error.message.slice(0, 300)}`);
}
