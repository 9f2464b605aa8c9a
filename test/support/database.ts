import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type DatabaseAccess, TEST_DATABASE_PREFIX, databaseUrl } from './template.js';

export interface TestDatabase {
  name: string;
  /** The role that owns the schema (not a superuser). */
  ownerUrl: string;
  /** The application's role: row-level security applies to it. */
  appUrl: string;
  drop(): Promise<void>;
}

/** A database of one's own with the newest schema, about 50 ms. Drop it in `afterAll`. */
export function createTestDatabase(): Promise<TestDatabase> {
  return create(({ template }) => `TEMPLATE ${template}`);
}

/** A database without any table, for the tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create(() => `TEMPLATE template0 ENCODING 'UTF8'`);
}

async function create(source: (access: DatabaseAccess) => string): Promise<TestDatabase> {
  const access = databaseAccess();
  const name = TEST_DATABASE_PREFIX + randomBytes(6).toString('hex');
  await asAdmin(access, `CREATE DATABASE ${name} OWNER ${access.owner.user} ${source(access)}`);
  return {
    name,
    ownerUrl: databaseUrl(access, access.owner, name),
    appUrl: databaseUrl(access, access.app, name),
    drop: () => asAdmin(access, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The tests' server itself, for what needs a superuser. */
export function databaseAccess(): DatabaseAccess {
  const access = process.env.OBOLE_TEST_DATABASE;
  if (!access) throw new Error('No test database: this project lacks test/support/global-setup.ts.');
  return JSON.parse(access) as DatabaseAccess;
}

const OBJECT_IN_USE = '55006';

async function asAdmin({ adminUrl }: DatabaseAccess, statement: string): Promise<void> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.query(statement);
        return;
      } catch (error) {
        // "source database is being accessed by other users": autovacuum may look in for a moment.
        if ((error as { code?: string }).code !== OBJECT_IN_USE || attempt === 50) throw error;
        await sleep(100);
      }
    }
  } finally {
    await client.end();
  }
}
