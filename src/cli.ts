import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { CliError } from './cli-error.js';
import { DomainError } from './kernel/domain-error.js';
import { ConfigurationError } from './platform/config/settings.js';

const HELP = `
obole — commands for who runs an installation

  migrate
      Bring the database of DATABASE_OWNER_URL to the newest schema, and make the login that DATABASE_URL names.

  association:create --name NAME --slug SLUG --email ADDRESS --purpose TEXT
                     --street LINE --postal-code CODE --city CITY [--country FR]
                     (--rna NUMBER | --siren NUMBER | --court-register NUMBER --court COURT)
                     [--category CODE [--decree-on DAY --journal-on DAY | --order-on DAY |
                                       --approved-on DAY | --category-text TEXT]]
                     [--regime none|general|aid_to_people --regime-from DAY]
                     [--signatory NAME --signatory-role ROLE]
      Create an association and print its first owner key, once. A DAY is written 2026-11-22.

  api-key:create --association SLUG --name NAME --role owner|treasurer|reader
      Make another key and print it, once.

  jobs:dead
      List the work that was given up after its last attempt, and why.

  jobs:revive --id ID|all
      Make it due again. Nothing happens twice: work that was done meanwhile does nothing.

  integrity [--json]
      Check that the books, gifts, receipts and jobs agree with each other. Ends with 1 and says what does not.
      An embedded database that does not run is started for the time of the check.

  secrets:rotate
      Seal the associations' keys and tokens anew with the first key of SECRETS_KEYS. May be stopped and run again.

  jobs:forget --id ID
      Let one of them rest for good: what failed is known, and nobody will do it.

  help

Settings come from the environment, as for the server: DATABASE_URL, and DATABASE_OWNER_URL for migrate.
Without DATABASE_URL the commands work on the database of the "npm start" that runs in this directory.
`;

const STRING = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;
/** What a command needs is loaded when it runs: help and a mistyped option are answered at once. */
const COMMANDS: Record<
  string,
  { options: string[]; flags?: string[]; run: (options: Record<string, string>) => Promise<string> }
> = {
  migrate: { options: [], run: async () => (await import('./cli-migrate.js')).migrate() },
  'association:create': {
    options: [
      ...[
        'name',
        'slug',
        'email',
        'purpose',
        'street',
        'postal-code',
        'city',
        'country',
        'rna',
        'siren',
        'court-register',
        'court',
      ],
      ...['category', 'decree-on', 'journal-on', 'order-on', 'approved-on', 'category-text'],
      ...['regime', 'regime-from', 'signatory', 'signatory-role'],
    ],
    run: async (options) => (await import('./cli-associations.js')).associationCreate(options),
  },
  'api-key:create': {
    options: ['association', 'name', 'role'],
    run: async (options) => (await import('./cli-associations.js')).apiKeyCreate(options),
  },
  'jobs:dead': { options: [], run: async () => (await import('./cli-jobs.js')).jobsDead() },
  'jobs:revive': {
    options: ['id'],
    run: async (options) => (await import('./cli-jobs.js')).jobsRevive(options),
  },
  integrity: {
    options: [],
    flags: ['json'],
    run: async ({ json }) => (await import('./cli-integrity.js')).integrity({ json: json !== undefined }),
  },
  'secrets:rotate': { options: [], run: async () => (await import('./cli-secrets.js')).secretsRotate() },
  'jobs:forget': {
    options: ['id'],
    run: async (options) => (await import('./cli-jobs.js')).jobsForget(options),
  },
  help: { options: [], run: async () => HELP },
};

async function main([name = 'help', ...rest]: string[]): Promise<void> {
  const command = COMMANDS[name === '--help' || name === '-h' ? 'help' : name];
  if (!command) throw new CliError(`There is no command "${name}". Try: npm run obole -- help`);
  const options = Object.fromEntries([
    ...command.options.map((option) => [option, STRING]),
    ...(command.flags ?? []).map((flag) => [flag, FLAG]),
  ]);
  const { values } = parseArgs({ args: rest, options, strict: true, allowPositionals: false });
  console.log(await command.run(values as Record<string, string>));
}

/** Codes of node:util parseArgs: an unknown option, a missing value. */
function isUsageFault(error: unknown): error is Error {
  return error instanceof Error && String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isForeseen =
    error instanceof CliError ||
    error instanceof ConfigurationError ||
    error instanceof DomainError ||
    isUsageFault(error);
  console.error(isForeseen ? error.message : error);
  process.exitCode = 1;
});
