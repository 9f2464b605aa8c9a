import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { connectionsOf, dropAccessTokens, giveCode, revokeConnection } from '../rules/connections.js';
import { organizationNamed, organizationOf } from '../rules/organizations.js';
import type { SandboxContext } from '../sandbox-context.js';
import { ONBOARDING_STATUSES, type ConnectionRecord } from '../state/connect-records.js';

const consentSchema = z.strictObject({
  clientId: z.string().regex(/^app_[A-Za-z0-9]+$/),
  organization: z.string().trim().min(1),
  scope: z.string().min(1),
  redirectUri: z.url().optional(),
});
const onboardingSchema = z.strictObject({ status: z.enum(ONBOARDING_STATUSES) });

interface ById {
  Params: { id: string };
}

/** Organisations and what they allowed to applications. */
export function addConnectionControl(app: FastifyInstance, context: SandboxContext): void {
  const present = ({ id: _hash, ...shown }: ConnectionRecord): object => shown;

  app.get('/organizations', async () => ({
    organizations: [...context.state.organizations.values()].map((organization) => ({
      ...organization,
      connections: connectionsOf(context, organization.id).map(present),
      refreshes: connectionsOf(context, organization.id).reduce((sum, one) => sum + one.refreshes, 0),
    })),
  }));
  app.post<ById>('/organizations/:id/onboarding', async (request) => {
    const organization = organizationOf(context, request.params.id);
    organization.onboarding = onboardingSchema.parse(request.body).status;
    context.state.organizations.save(organization);
    return organization;
  });
  app.post<ById>('/organizations/:id/expire-tokens', async (request) => {
    const organization = organizationOf(context, request.params.id);
    return { expired: dropAccessTokens(context, connectionsOf(context, organization.id)) };
  });
  app.post<ById>('/organizations/:id/revoke', async (request) => {
    const organization = organizationOf(context, request.params.id);
    const standing = connectionsOf(context, organization.id).filter((one) => one.revokedAt === null);
    for (const connection of standing) revokeConnection(context, connection);
    return { revoked: standing.length };
  });
  app.post('/consents', async (request) => {
    const { clientId, organization: name, scope, redirectUri } = consentSchema.parse(request.body);
    const organization = organizationNamed(context, name);
    const code = giveCode(context, {
      clientId,
      organizationId: organization.id,
      scopes: scope.split(/\s+/),
      redirectUri: redirectUri ?? null,
    });
    return { code, organization };
  });
}
