import type { FastifyInstance, FastifyReply } from 'fastify';
import { isWebAddress } from '../api/read-input.js';
import { connectionsOf, giveCode, revokeConnection } from '../rules/connections.js';
import { organizationNamed } from '../rules/organizations.js';
import type { SandboxContext } from '../sandbox-context.js';
import { OTHER, authorizePage, brokenAuthorizePage, type AuthorizeRequest } from './authorize-page.js';
import { authorizeTextsFor } from './authorize-texts.js';

type Query = Record<string, string | undefined>;
interface Authorize {
  Querystring: Query;
  Body: URLSearchParams | undefined;
}

/** The browser's half of OAuth (docs.mollie.com, "Authorize"): consent becomes a code, given to the application's site. */
export function addAuthorizeRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get<Authorize>('/oauth2/authorize', async ({ query }, reply) => {
    const asked = read(query, reply);
    if (!asked) return reply;
    return sendPage(reply, authorizePage(authorizeTextsFor(query.locale), asked, null));
  });

  app.post<Authorize>('/oauth2/authorize', async ({ query, body }, reply) => {
    const asked = read(query, reply);
    if (!asked) return reply;
    if (body?.get('decision') !== 'allow') {
      return sendBack(reply, asked, query, { error: 'access_denied', error_description: 'The user denied' });
    }
    const chosen = body.get('organization') ?? '';
    const name = (chosen === OTHER ? body.get('name') : chosen)?.trim() ?? '';
    if (name === '') {
      return sendPage(reply.code(422), authorizePage(authorizeTextsFor(query.locale), asked, 'incomplete'));
    }
    const organizationId = organizationNamed(context, name).id;
    if (query.approval_prompt === 'force') endEarlier(context, asked.clientId, organizationId);
    const code = giveCode(context, { ...asked, organizationId });
    await context.state.settled();
    return sendBack(reply, asked, query, { code });
  });
}

/** Null when the reply has been given: a page where the way back is unknown, else an error on the way back. */
function read(query: Query, reply: FastifyReply): AuthorizeRequest | null {
  const texts = authorizeTextsFor(query.locale);
  const { client_id: clientId = '', redirect_uri: redirectUri } = query;
  if (!/^app_[A-Za-z0-9]+$/.test(clientId)) {
    sendPage(reply.code(400), brokenAuthorizePage(texts, 'client'));
    return null;
  }
  if (!isWebAddress(redirectUri)) {
    sendPage(reply.code(400), brokenAuthorizePage(texts, 'redirect'));
    return null;
  }
  const scopes = [...new Set((query.scope ?? '').split(/[\s,]+/).filter((one) => one !== ''))];
  const asked = { clientId, redirectUri, scopes };
  const fault = faultOf(query, scopes);
  if (fault) {
    sendBack(reply, asked, query, fault);
    return null;
  }
  return asked;
}

function faultOf(query: Query, scopes: string[]): Query | null {
  if (query.response_type !== 'code') {
    return { error: 'unsupported_response_type', error_description: 'Only response_type=code is supported' };
  }
  if (!query.state) {
    return { error: 'invalid_request', error_description: 'The state parameter is required' };
  }
  if (scopes.length === 0) {
    return { error: 'invalid_scope', error_description: 'At least one scope is required' };
  }
  return null;
}

/** `approval_prompt=force` ends what was allowed before. */
function endEarlier(context: SandboxContext, clientId: string, organizationId: string): void {
  for (const connection of connectionsOf(context, organizationId)) {
    if (connection.clientId === clientId) revokeConnection(context, connection);
  }
}

function sendBack(reply: FastifyReply, asked: AuthorizeRequest, query: Query, answer: Query): FastifyReply {
  const target = new URL(asked.redirectUri);
  for (const [name, value] of Object.entries({ ...answer, state: query.state })) {
    if (value !== undefined) target.searchParams.set(name, value);
  }
  return reply.redirect(target.href, 303);
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}
