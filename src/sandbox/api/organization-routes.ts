import type { FastifyInstance } from 'fastify';
import { organizationOf } from '../rules/organizations.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { OrganizationRecord } from '../state/connect-records.js';
import type { Mode } from '../state/records.js';
import { callerOf, tokenCallerOf } from './caller.js';
import { docLink, halLink, pageLink } from './hal.js';
import { halTime } from './hal.js';
import { presentList, type ListQuery } from './list.js';
import { MollieError } from './mollie-error.js';

/** Who is behind an account, and how far Mollie's checks of it have come. */
export function addOrganizationRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get('/v2/organizations/me', async (request) =>
    presentOrganization(context, ofToken('organizations.read', request)),
  );

  app.get('/v2/onboarding/me', async (request) =>
    presentOnboarding(context, ofToken('onboarding.read', request)),
  );

  app.get<{ Querystring: ListQuery }>('/v2/profiles', async (request) =>
    presentList({
      name: 'profiles',
      all: ofToken('profiles.read', request).profiles,
      query: request.query,
      url: `${context.urls.api}/v2/profiles`,
      documentation: 'list-profiles',
      present: (profile) => presentProfile(context, profile, 'live'),
    }),
  );

  app.get('/v2/profiles/me', async (request) => {
    const { profileId } = callerOf(context, request, 'profiles.read');
    if (profileId === null) throw new MollieError(403, 'Only an API key has a current profile.');
    const site = { name: 'Association du bac à sable', website: 'https://example.org' };
    return presentProfile(context, { id: profileId, ...site }, 'test');
  });

  app.get<{ Params: { id: string } }>('/v2/profiles/:id', async (request) => {
    const { id } = request.params;
    const profile = ofToken('profiles.read', request).profiles.find((one) => one.id === id);
    if (!profile) throw new MollieError(404, `No profile exists with id ${id}.`);
    return presentProfile(context, profile, 'live');
  });

  function ofToken(scope: string, request: Parameters<typeof tokenCallerOf>[1]): OrganizationRecord {
    return organizationOf(context, tokenCallerOf(context, request, scope).organizationId);
  }
}

function presentOrganization(context: SandboxContext, organization: OrganizationRecord): object {
  return {
    resource: 'organization',
    id: organization.id,
    name: organization.name,
    email: 'contact@example.org',
    locale: 'fr_FR',
    address: {
      streetAndNumber: '1 place de la République',
      postalCode: '75003',
      city: 'Paris',
      country: 'FR',
    },
    registrationNumber: `W${organization.id.slice(4).padStart(9, '0')}`,
    vatNumber: null,
    _links: {
      self: halLink(`${context.urls.api}/v2/organizations/me`),
      dashboard: pageLink(context.urls.checkout),
      documentation: docLink('get-current-organization'),
    },
  };
}

function presentOnboarding(context: SandboxContext, organization: OrganizationRecord): object {
  const isDone = organization.onboarding === 'completed';
  return {
    resource: 'onboarding',
    name: organization.name,
    status: organization.onboarding,
    canReceivePayments: isDone,
    canReceiveSettlements: isDone,
    signedUpAt: halTime(organization.createdAt),
    _links: {
      self: halLink(`${context.urls.api}/v2/onboarding/me`),
      dashboard: pageLink(context.urls.checkout),
      organization: halLink(`${context.urls.api}/v2/organizations/${organization.id}`),
      documentation: docLink('get-onboarding-status'),
    },
  };
}

function presentProfile(
  context: SandboxContext,
  profile: OrganizationRecord['profiles'][number],
  mode: Mode,
): object {
  const api = `${context.urls.api}/v2`;
  return {
    resource: 'profile',
    id: profile.id,
    mode,
    name: profile.name,
    website: profile.website,
    email: 'contact@example.org',
    phone: '+33100000000',
    businessCategory: 'CHARITY_AND_DONATIONS',
    status: 'verified',
    createdAt: '2026-01-01T00:00:00+00:00',
    _links: {
      self: halLink(`${api}/profiles/${profile.id}`),
      dashboard: pageLink(context.urls.checkout),
      payments: halLink(`${api}/payments`),
      refunds: halLink(`${api}/refunds`),
      chargebacks: halLink(`${api}/chargebacks`),
      methods: halLink(`${api}/methods`),
      documentation: docLink('get-profile'),
    },
  };
}
