import { DomainError } from '../../kernel/domain-error.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { OrganizationRecord } from '../state/connect-records.js';
import { organizationIdOf, profileIdOf } from '../state/random-id.js';

/** Offered on the page where an application is let in; the last one has two websites. */
export const DEMO_ORGANIZATIONS = [
  'Les Amis de la Forêt',
  'Solidarité du Quartier',
  'Ensemble vocal des Deux Rives',
] as const;
const WITH_TWO_PROFILES: string = DEMO_ORGANIZATIONS[2];
const NAME_LIMIT = 100;

/** The same name is always the same organisation, with the same profiles. */
export function organizationNamed(context: SandboxContext, text: string): OrganizationRecord {
  const name = text.trim().replace(/\s+/g, ' ').slice(0, NAME_LIMIT);
  if (name === '') {
    throw new DomainError('invalid', 'organization_name_missing', 'An organisation has a name.');
  }
  const id = organizationIdOf(name);
  const known = context.state.organizations.get(id);
  if (known) return known;
  const websites = name === WITH_TWO_PROFILES ? ['Concerts', 'Dons'] : [name];
  const organization: OrganizationRecord = {
    id,
    name,
    profiles: websites.map((website, i) => ({
      id: profileIdOf(`${id} ${i}`),
      name: website,
      website: `https://${i === 0 ? 'www' : `site${i}`}.example.org`,
    })),
    onboarding: 'completed',
    createdAt: context.clock.now().toISOString(),
  };
  context.state.organizations.save(organization);
  return organization;
}

/** @throws DomainError `organization_not_found` */
export function organizationOf(context: SandboxContext, id: string): OrganizationRecord {
  const organization = context.state.organizations.get(id);
  if (!organization) {
    throw new DomainError('not_found', 'organization_not_found', `There is no organisation ${id}.`);
  }
  return organization;
}
