import { Agent, request as httpsRequest } from 'node:https';
import { createMollieClient, type MollieClient } from '@mollie/api-client';
import { Client, HTTPClient, type Fetcher } from 'mollie-api-typescript';
import type { RunningSandbox } from '../../../src/sandbox/index.js';
import { control } from './sandbox-bench.js';

export const APP = { id: 'app_obole1', secret: 'secretOfTheTests' };
export const ALL_SCOPES = [
  ...['payments', 'refunds', 'customers', 'mandates'].flatMap((one) => [`${one}.read`, `${one}.write`]),
  ...['profiles.read', 'organizations.read', 'onboarding.read', 'settlements.read'],
].join(' ');

export const eur = (value: string) => ({ currency: 'EUR', value });

/**
 * mollie-api-typescript fetches with Node's fetch, which cannot be told of another certificate; its client takes a
 * fetcher instead.
 */
function fetchTrusting(caPem: string): Fetcher {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = Buffer.from(await request.arrayBuffer());
    return new Promise((resolve, reject) => {
      const call = httpsRequest(
        request.url,
        { method: request.method, headers: Object.fromEntries(request.headers), ca: caPem, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const status = response.statusCode ?? 500;
            const text = Buffer.concat(chunks).toString();
            const headers = new Headers({ 'content-type': response.headers['content-type'] ?? '' });
            resolve(new Response(status === 204 ? null : text, { status, headers }));
          });
        },
      );
      call.on('error', reject);
      call.end(body.length > 0 ? body : undefined);
    });
  };
}

/** Generated from Mollie's own API description: checks every answer against it with zod. */
export function schemaClient(sandbox: RunningSandbox, as: { apiKey: string } | { oAuth: string }): Client {
  return new Client({
    serverURL: new URL(sandbox.apiUrl).origin,
    security: as,
    httpClient: new HTTPClient({ fetcher: fetchTrusting(sandbox.caPem) }),
    retryConfig: { strategy: 'none' },
  });
}

type Network = { request(path: string, options?: object): Promise<unknown> };

/** The client that merchants use, over TLS; only its list of authorities is another. */
export function merchantClient(
  sandbox: RunningSandbox,
  as:
    | { apiKey: string }
    | { accessToken: string; parameterDefaults?: { profileId?: string; testmode?: boolean } },
): MollieClient {
  const client = createMollieClient({ ...as, apiEndpoint: sandbox.apiUrl });
  const agent = new Agent({ ca: sandbox.caPem });
  const { networkClient } = (client.payments as unknown as { networkClient: { networkClient: Network } })
    .networkClient;
  const send = networkClient.request;
  networkClient.request = (path, options) => send(path, { ...options, agent });
  return client;
}

export interface TokenReply {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read deep into the answer
  json: any;
}

/** A call of the token endpoint, form-encoded as OAuth wants it, or as JSON. */
export function callTokens(
  sandbox: Pick<RunningSandbox, 'tokensUrl' | 'caPem'>,
  params: Record<string, string>,
  how: { method?: 'POST' | 'DELETE'; secret?: string; clientId?: string; asJson?: boolean } = {},
): Promise<TokenReply> {
  const { method = 'POST', secret = APP.secret, clientId = APP.id, asJson = false } = how;
  const body = asJson ? JSON.stringify(params) : new URLSearchParams(params).toString();
  const headers = {
    // Or node would send the body of a DELETE without saying so.
    'content-length': Buffer.byteLength(body),
    authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
    'content-type': asJson ? 'application/json' : 'application/x-www-form-urlencoded',
  };
  return new Promise((resolve, reject) => {
    const call = httpsRequest(
      sandbox.tokensUrl,
      { method, headers, ca: sandbox.caPem, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, json: text === '' ? undefined : JSON.parse(text) }),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

export interface Connected {
  accessToken: string;
  refreshToken: string;
  organizationId: string;
  /** Of each website. */
  profileIds: string[];
}

/** An organisation that has let our application in. */
export async function connect(
  sandbox: Pick<RunningSandbox, 'controlUrl' | 'tokensUrl' | 'caPem'>,
  organization = 'Les Amis de la Forêt',
  scope = ALL_SCOPES,
): Promise<Connected> {
  const consent = await control<{
    code: string;
    organization: { id: string; profiles: { id: string }[] };
  }>(sandbox, 'POST', '/consents', { clientId: APP.id, organization, scope });
  const { json } = await callTokens(sandbox, { grant_type: 'authorization_code', code: consent.code });
  return {
    accessToken: json.access_token,
    refreshToken: json.refresh_token,
    organizationId: consent.organization.id,
    profileIds: consent.organization.profiles.map((one) => one.id),
  };
}
