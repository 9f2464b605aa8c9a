import type { FastifyRequest } from 'fastify';
import type { SandboxContext } from '../sandbox-context.js';
import type { Mode, PaymentRecord } from '../state/records.js';
import { identify } from './identify.js';
import { MollieError, unprocessable } from './mollie-error.js';
import { asInput } from './read-input.js';

/** For whom and in which world a call is made. */
export interface Caller {
  organizationId: string;
  /** Null when a token's call names none: then all profiles of the organisation are meant. */
  profileId: string | null;
  mode: Mode;
  isToken: boolean;
}

/**
 * An API key says its profile and mode by itself and must not name them; an access token names them in the query of
 * a GET, in the body of a POST, in either of a DELETE (docs.mollie.com, "profileId" and "testmode" of each endpoint).
 * @throws MollieError 401; 403 for a scope that was not granted; 422
 */
export function callerOf(context: SandboxContext, request: FastifyRequest, scope: string): Caller {
  const { organizationId, profileId, scopes } = identify(context, request.headers);
  const query = asInput(request.query);
  const body = request.method === 'GET' ? {} : asInput(request.body);
  if (scopes === null) {
    for (const name of ['profileId', 'testmode']) {
      if (query[name] !== undefined) throw nonExistent('query', name);
      if (body[name] !== undefined) throw nonExistent('body', name);
    }
    return { organizationId, profileId, mode: 'test', isToken: false };
  }
  if (!scopes.includes(scope)) {
    throw new MollieError(403, `The access token lacks the required permission: ${scope}.`);
  }
  const given = request.method === 'POST' ? body : { ...query, ...body };
  const isTest = given.testmode === true || given.testmode === 'true';
  return {
    organizationId,
    profileId: typeof given.profileId === 'string' && given.profileId !== '' ? given.profileId : null,
    mode: isTest ? 'test' : 'live',
    isToken: true,
  };
}

/** @throws MollieError 403 for an API key */
export function tokenCallerOf(context: SandboxContext, request: FastifyRequest, scope: string): Caller {
  const caller = callerOf(context, request, scope);
  if (!caller.isToken) {
    throw new MollieError(403, 'This endpoint needs an access token; API keys cannot be used here.');
  }
  return caller;
}

export function nonExistent(where: 'query' | 'body', name: string): MollieError {
  return unprocessable(name, `Non-existent ${where} parameter "${name}" for this API call.`);
}

/** Of a list: those in this mode, of the profile that was named, if any. */
export function belongsTo(caller: Caller, payment: PaymentRecord): boolean {
  const isOfProfile = caller.profileId === null || payment.profileId === caller.profileId;
  return payment.mode === caller.mode && isOfProfile;
}
