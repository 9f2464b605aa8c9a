import type { IncomingHttpHeaders } from 'node:http';
import type { SandboxContext } from '../sandbox-context.js';
import { hashOf, organizationIdOf, profileIdOf } from '../state/random-id.js';
import { MollieError } from './mollie-error.js';

/** Who calls: an account by its API key, or an application by an organisation's access token. */
export interface Identity {
  organizationId: string;
  /** Of an API key; a token stands for all profiles of its organisation. */
  profileId: string | null;
  /** What an access token may do; an API key may do everything that keys can. */
  scopes: readonly string[] | null;
  /** Idempotency keys are kept apart by this. */
  account: string;
}

const BEARER = /^Bearer ((test|access)_[A-Za-z0-9]{10,100})$/;

/**
 * Any well-formed test key is an account of its own; access tokens are those that were given out.
 * @throws MollieError 401
 */
export function identify(context: SandboxContext, headers: IncomingHttpHeaders): Identity {
  const header = headers.authorization ?? '';
  const [, secret, kind] = BEARER.exec(header) ?? [];
  if (secret !== undefined && kind === 'test') {
    const profileId = profileIdOf(secret);
    return { organizationId: organizationIdOf(profileId), profileId, scopes: null, account: profileId };
  }
  const byToken = secret === undefined ? null : identifyToken(context, secret);
  if (byToken) return byToken;
  if (header.startsWith('Bearer live_')) {
    throw new MollieError(
      401,
      'This is a sandbox: it never accepts a live key. Use a key that starts with test_.',
    );
  }
  throw new MollieError(401, 'Missing authentication, or failed to authenticate');
}

function identifyToken(context: SandboxContext, secret: string): Identity | null {
  const token = context.state.accessTokens.get(hashOf(secret));
  if (!token || token.expiresAt <= context.clock.now().toISOString()) return null;
  const connection = context.state.connections.get(token.connectionId);
  if (!connection || connection.revokedAt !== null) return null;
  const { organizationId, scopes, clientId } = connection;
  return { organizationId, profileId: null, scopes, account: `${clientId} ${organizationId}` };
}
