import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  ACCESS_TOKEN_LIFE_SECONDS,
  giveAccessToken,
  openConnection,
  revokeConnection,
} from '../rules/connections.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { ConnectionRecord } from '../state/connect-records.js';
import { hashOf } from '../state/random-id.js';
import { OAuthError } from './oauth-error.js';
import { asInput, type Input } from './read-input.js';

/** Codes become tokens here, and old tokens new ones (docs.mollie.com, "Generate tokens"). */
export async function oauthRoutes(app: FastifyInstance, context: SandboxContext): Promise<void> {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(text as string))),
  );

  app.post('/oauth2/tokens', async (request) => {
    const clientId = authenticateApp(context, request);
    const input = asInput(request.body);
    if (input.grant_type === 'authorization_code') return redeemCode(context, clientId, input);
    if (input.grant_type === 'refresh_token') return refresh(context, clientId, input);
    if (input.grant_type === undefined) {
      throw new OAuthError(400, 'invalid_request', 'The grant type was not specified in the request');
    }
    throw new OAuthError(400, 'unsupported_grant_type', 'The grant type is not supported');
  });

  app.delete('/oauth2/tokens', async (request, reply) => {
    const clientId = authenticateApp(context, request);
    const input = asInput(request.body);
    const id = hashOf(required(input, 'token'));
    const connection = context.state.connections.get(id);
    if (connection?.clientId === clientId) revokeConnection(context, connection);
    const ofToken = context.state.connections.get(context.state.accessTokens.get(id)?.connectionId ?? '');
    if (ofToken?.clientId === clientId) context.state.accessTokens.forget(id);
    // A token that is unknown is as good as revoked (RFC 7009, 2.2).
    return reply.code(204).send();
  });
}

const BASIC = /^Basic ([A-Za-z0-9+/=]+)$/;
const CLIENT_ID = /^app_[A-Za-z0-9]+$/;

/** The first secret that an application shows is its own from then on. */
function authenticateApp(context: SandboxContext, request: FastifyRequest): string {
  const encoded = BASIC.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [, clientId = '', secret = ''] =
    /^([^:]*):(.*)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  if (!CLIENT_ID.test(clientId) || secret === '') throw invalidClient();
  const secretHash = hashOf(secret);
  const known = context.state.apps.get(clientId);
  if (!known) context.state.apps.save({ id: clientId, secretHash });
  else if (!timingSafeEqual(Buffer.from(known.secretHash), Buffer.from(secretHash))) throw invalidClient();
  return clientId;
}

function redeemCode(context: SandboxContext, clientId: string, input: Input): object {
  const id = hashOf(required(input, 'code'));
  const code = context.state.codes.get(id);
  if (code?.clientId !== clientId) {
    throw invalidGrant("Authorization code doesn't exist or is invalid for the client");
  }
  if (code.expiresAt <= context.clock.now().toISOString()) {
    throw invalidGrant('The authorization code has expired');
  }
  assertRedirect(code.redirectUri, input);
  context.state.codes.forget(id);
  const { refreshToken, connection } = openConnection(context, code);
  return tokens(context, connection, refreshToken);
}

/** The refresh token stays; access tokens given before it live on until their own hour is over. */
function refresh(context: SandboxContext, clientId: string, input: Input): object {
  const refreshToken = required(input, 'refresh_token');
  const connection = context.state.connections.get(hashOf(refreshToken));
  if (connection?.clientId !== clientId || connection.revokedAt !== null) {
    throw invalidGrant('Invalid refresh token');
  }
  if (input.redirect_uri !== undefined) assertRedirect(connection.redirectUri, input);
  connection.refreshes += 1;
  context.state.connections.save(connection);
  return tokens(context, connection, refreshToken);
}

function tokens(context: SandboxContext, connection: ConnectionRecord, refreshToken: string): object {
  return {
    access_token: giveAccessToken(context, connection),
    refresh_token: refreshToken,
    expires_in: ACCESS_TOKEN_LIFE_SECONDS,
    token_type: 'bearer',
    scope: connection.scopes.join(' '),
  };
}

function assertRedirect(expected: string | null, input: Input): void {
  if (expected !== null && input.redirect_uri !== expected) {
    throw new OAuthError(400, 'redirect_uri_mismatch', 'The redirect URI is missing or does not match');
  }
}

function required(input: Input, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new OAuthError(400, 'invalid_request', `Missing parameter: "${name}" is required`);
}

function invalidGrant(description: string): OAuthError {
  return new OAuthError(400, 'invalid_grant', description);
}

function invalidClient(): OAuthError {
  return new OAuthError(401, 'invalid_client', 'The client credentials are invalid');
}
