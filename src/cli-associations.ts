import type { z } from 'zod';
import { AccountsModule, CreateApiKey } from './accounts/index.js';
import {
  AssociationDirectory,
  AssociationsModule,
  CreateAssociation,
  createAssociationRequest,
} from './associations/index.js';
import { withCliContext } from './cli-context.js';
import { CliError } from './cli-error.js';
import { JournalModule } from './journal/index.js';
import { DomainError } from './kernel/domain-error.js';
import { ROLES, type Role } from './platform/http/access.js';
import { parseInput } from './platform/http/zod-body.js';

const ACTOR = 'cli';
const MODULES = [JournalModule, AssociationsModule, AccountsModule];

type Options = Record<string, string>;

export async function associationCreate(options: Options): Promise<string> {
  const input = parse(createAssociationRequest, {
    name: options.name,
    slug: options.slug,
    contactEmail: options.email,
    purpose: options.purpose,
    address: {
      line1: options.street,
      postalCode: options['postal-code'],
      city: options.city,
      country: options.country ?? 'FR',
    },
    registration: registration(options),
    legalCategory: legalCategory(options),
    ...(options.regime && { fiscalRegime: { regime: options.regime, from: options['regime-from'] ?? null } }),
    ...(options.signatory && { signatory: { name: options.signatory, role: options['signatory-role'] } }),
  });
  return withCliContext(MODULES, async (get) => {
    const associationId = await get(CreateAssociation).run(input, ACTOR);
    const { token } = await get(CreateApiKey).run(
      associationId,
      { name: 'First owner', role: 'owner' },
      ACTOR,
    );
    return `Created "${input.name}".\nOwner key, shown this once:\n${token}`;
  });
}

export async function apiKeyCreate({ association, name, role }: Options): Promise<string> {
  if (!association) throw new CliError('--association: is missing');
  if (!name) throw new CliError('--name: is missing');
  if (!ROLES.includes(role as Role)) throw new CliError(`--role: is one of ${ROLES.join(', ')}`);
  return withCliContext(MODULES, async (get) => {
    const associationId = await get(AssociationDirectory).find(association);
    const { token } = await get(CreateApiKey).run(associationId, { name, role: role as Role }, ACTOR);
    return `Key of the role ${role}, shown this once:\n${token}`;
  });
}

/** The facts that some categories ask for, by their options. */
const CATEGORY_FACTS = {
  'decree-on': 'decreeOn',
  'journal-on': 'officialJournalOn',
  'order-on': 'orderOn',
  'approved-on': 'approvedOn',
  'category-text': 'otherText',
} as const;

function legalCategory(options: Options) {
  const facts = Object.entries(CATEGORY_FACTS).filter(([option]) => options[option] !== undefined);
  return {
    code: options.category ?? 'general_interest.association_1901',
    details: Object.fromEntries(facts.map(([option, fact]) => [fact, options[option]])),
  };
}

function registration({ rna, siren, court, 'court-register': register }: Options) {
  if (rna) return { type: 'rna', number: rna };
  if (siren) return { type: 'siren', number: siren };
  if (register) return { type: 'alsace_moselle', number: register, court };
  throw new CliError('--rna, --siren or --court-register: one of them is needed');
}

/** Where a fault of the request lies on the command line. */
const OPTION_OF: Record<string, string> = {
  '/contactEmail': '--email',
  '/address/line1': '--street',
  '/address/postalCode': '--postal-code',
  '/address/city': '--city',
  '/address/country': '--country',
  '/legalCategory/code': '--category',
  ...Object.fromEntries(
    Object.entries(CATEGORY_FACTS).map(([option, fact]) => [`/legalCategory/details/${fact}`, `--${option}`]),
  ),
  '/fiscalRegime/regime': '--regime',
  '/fiscalRegime/from': '--regime-from',
  '/signatory/name': '--signatory',
  '/signatory/role': '--signatory-role',
  '/registration/number': '--rna, --siren or --court-register',
  '/registration/court': '--court',
};

function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  try {
    return parseInput(schema, input);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const lines = error.errors.map(
      ({ pointer, code, detail }) =>
        `${OPTION_OF[pointer] ?? `--${pointer.slice(1)}`}: ${code === 'required' ? 'is missing' : detail}`,
    );
    throw new CliError(lines.join('\n'));
  }
}
