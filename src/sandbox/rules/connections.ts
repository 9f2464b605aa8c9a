import type { SandboxContext } from '../sandbox-context.js';
import type { CodeRecord, ConnectionRecord } from '../state/connect-records.js';
import { hashOf, randomId } from '../state/random-id.js';

/** A code is good for half a minute, an access token for an hour, a refresh token until it is revoked. */
const CODE_LIFE_MS = 30_000;
export const ACCESS_TOKEN_LIFE_SECONDS = 3600;

export type Consent = Pick<CodeRecord, 'clientId' | 'organizationId' | 'scopes' | 'redirectUri'>;

export function giveCode(context: SandboxContext, consent: Consent): string {
  const code = randomId('auth');
  const expiresAt = later(context, CODE_LIFE_MS);
  context.state.codes.save({ id: hashOf(code), ...consent, expiresAt });
  return code;
}

/** @returns the refresh token: the only time that it is known here */
export function openConnection(
  context: SandboxContext,
  consent: Consent,
): { refreshToken: string; connection: ConnectionRecord } {
  const refreshToken = randomId('refresh');
  const connection: ConnectionRecord = {
    id: hashOf(refreshToken),
    clientId: consent.clientId,
    organizationId: consent.organizationId,
    scopes: consent.scopes,
    redirectUri: consent.redirectUri,
    createdAt: context.clock.now().toISOString(),
    revokedAt: null,
    refreshes: 0,
  };
  context.state.connections.save(connection);
  return { refreshToken, connection };
}

export function giveAccessToken(context: SandboxContext, connection: ConnectionRecord): string {
  const token = randomId('access');
  const expiresAt = later(context, ACCESS_TOKEN_LIFE_SECONDS * 1000);
  context.state.accessTokens.save({ id: hashOf(token), connectionId: connection.id, expiresAt });
  return token;
}

export function connectionsOf(context: SandboxContext, organizationId: string): ConnectionRecord[] {
  return [...context.state.connections.values()].filter((one) => one.organizationId === organizationId);
}

/** The refresh token and every access token that came from it. */
export function revokeConnection(context: SandboxContext, connection: ConnectionRecord): void {
  if (connection.revokedAt !== null) return;
  connection.revokedAt = context.clock.now().toISOString();
  context.state.connections.save(connection);
  dropAccessTokens(context, [connection]);
}

/** As if their hour were over. @returns how many there were */
export function dropAccessTokens(context: SandboxContext, connections: ConnectionRecord[]): number {
  const ids = new Set(connections.map((one) => one.id));
  const tokens = [...context.state.accessTokens.values()].filter((one) => ids.has(one.connectionId));
  for (const token of tokens) context.state.accessTokens.forget(token.id);
  return tokens.length;
}

/** Codes and tokens whose time is over are of no use to anyone. */
export function forgetOldTokens(context: SandboxContext): void {
  const now = context.clock.now().toISOString();
  for (const table of [context.state.codes, context.state.accessTokens]) {
    for (const row of [...table.values()]) {
      if (row.expiresAt <= now) table.forget(row.id);
    }
  }
}

function later(context: SandboxContext, ms: number): string {
  return new Date(context.clock.now().getTime() + ms).toISOString();
}
