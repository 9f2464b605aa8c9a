import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrateDatabase } from '../../src/platform/database/migrate.js';

/** How the tests reach their PostgreSQL. Given to every test process through the environment. */
export interface DatabaseAccess {
  /** A superuser. */
  adminUrl: string;
  /** Owns the schema, is no superuser: what is forbidden to it in production is forbidden here. */
  owner: { user: string; password: string };
  /** The application's login, which owns nothing. */
  app: { user: string; password: string };
  /** A database built by the real migrations, to be cloned. */
  template: string;
}

const root = join(import.meta.dirname, '../..');
const TEMPLATE_PREFIX = 'obole_template_';
export const TEST_DATABASE_PREFIX = 'obole_test_';

/** Builds the template unless the migrations are those it was built from. Runs at once wait for each other. */
export async function prepareTemplate(adminUrl: string): Promise<DatabaseAccess> {
  const access: DatabaseAccess = {
    adminUrl,
    owner: { user: 'obole_test_owner', password: passwordFor('owner', adminUrl) },
    app: { user: 'obole_test_web', password: passwordFor('app', adminUrl) },
    template: TEMPLATE_PREFIX + hashOfMigrations(),
  };
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('obole.test.template'))`);
    await ensureLogin(client, access.owner, 'CREATEROLE');
    await ensureLogin(client, access.app, '');
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [access.template]);
    if (rowCount === 0) await buildTemplate(client, access);
    return access;
  } finally {
    await client.end();
  }
}

/** The same in every run against the same server, so that runs do not change it under each other. */
function passwordFor(role: string, adminUrl: string): string {
  const { password, host } = new URL(adminUrl);
  return createHash('sha256').update(`${role}:${host}:${password}`).digest('hex').slice(0, 32);
}

function hashOfMigrations(): string {
  const hash = createHash('sha256');
  const names = readdirSync(join(root, 'migrations'), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join('migrations', name));
  for (const file of [...files.sort(), 'src/platform/database/migrate.ts']) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}

async function ensureLogin(
  client: pg.Client,
  { user, password }: { user: string; password: string },
  attributes: string,
): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [user]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${user} LOGIN ${attributes} PASSWORD '${password}'`);
}

/** Under another name until it is whole: a run that was killed half-way leaves no template behind. */
async function buildTemplate(client: pg.Client, access: DatabaseAccess): Promise<void> {
  const { owner, app, template } = access;
  const draft = `${template}_building`;
  await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${draft} OWNER ${owner.user} TEMPLATE template0 ENCODING 'UTF8'`);
  await migrateDatabase({
    ownerUrl: databaseUrl(access, owner, draft),
    appUrl: databaseUrl(access, app, draft),
  });
  await client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
  // Nobody may connect: CREATE DATABASE refuses a template that has a visitor.
  await client.query(`ALTER DATABASE ${template} ALLOW_CONNECTIONS false`);
}

export function databaseUrl(
  { adminUrl }: DatabaseAccess,
  { user, password }: { user: string; password: string },
  database: string,
): string {
  const url = new URL(adminUrl);
  url.username = user;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}

/** What killed runs and earlier migrations have left: nobody needs it after a day. */
export async function sweepLeftovers(adminUrl: string): Promise<void> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      `SELECT datname FROM pg_database
        WHERE (datname LIKE $1 OR datname LIKE $2)
          AND (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification < now() - interval '1 day'
          AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = pg_database.oid)`,
      [`${TEMPLATE_PREFIX}%`, `${TEST_DATABASE_PREFIX}%`],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
