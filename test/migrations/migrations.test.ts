import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { migrateDatabase } from '../../src/platform/database/migrate.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.js';

/** Everything that makes the schema what it is, as text: tables, columns, constraints, indexes, policies, triggers, functions, rights. */
const INVENTORY = `
  SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
         || COALESCE(column_default, '') || ' ' || COALESCE(character_maximum_length::text, '') AS line
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
  UNION ALL SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> COALESCE(to_regclass('migrations'), 0)
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations'
  UNION ALL SELECT 'policy ' || policyname || ' ' || COALESCE(qual, '') || ' ' || COALESCE(with_check, '') FROM pg_policies
  UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'security ' || relname || ' ' || relrowsecurity FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations'
  UNION ALL SELECT 'right ' || grantee || ' ' || privilege_type || ' ' || table_name
    FROM information_schema.role_table_grants WHERE table_schema = 'public' AND table_name <> 'migrations' AND grantee <> grantor
  ORDER BY 1`;

/** Migrations that write rows and leave the schema as it is. */
const ROWS_ONLY = ['LedgerOfEarlierMoney1764000008700', 'ReceiptsOfEarlierReturns1764000011500'];

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const inventory = async ({ ownerUrl }: TestDatabase): Promise<string[]> =>
  (await query<{ line: string }>(ownerUrl, INVENTORY)).map(({ line }) => line);
const executed = ({ ownerUrl }: TestDatabase) =>
  query<{ name: string; timestamp: string }>(ownerUrl, 'SELECT name, timestamp FROM migrations ORDER BY id');

async function withSource<T>(
  { ownerUrl }: TestDatabase,
  work: (source: DataSource) => Promise<T>,
): Promise<T> {
  const source = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations,
    migrationsTransactionMode: 'each',
  });
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

describe('the migrations', () => {
  let newest: TestDatabase;
  let database: TestDatabase;
  beforeAll(async () => {
    [newest, database] = [await createTestDatabase(), await createEmptyDatabase()];
  });
  afterAll(async () => {
    await newest.drop();
    await database.drop();
  });

  it('each file of the folder is one of the list, in the order of its name', () => {
    const files = readdirSync(join(import.meta.dirname, '../../migrations'))
      .filter((name) => /^\d/.test(name))
      .sort();
    const timestamps = migrations.map(({ name }) => /\d{13}$/.exec(name)?.[0]);
    expect(timestamps).toEqual(files.map((name) => name.split('-')[0]));
  });

  it('lead from an empty database to the newest schema', async () => {
    expect(await inventory(database)).toEqual([]);
    await migrateDatabase(database);
    expect(await inventory(database)).toEqual(await inventory(newest));
    expect((await executed(database)).map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  });

  it('run a second time do nothing', async () => {
    const [before, list] = [await inventory(database), await executed(database)];
    await migrateDatabase(database);
    expect([await inventory(database), await executed(database)]).toEqual([before, list]);
  });

  it('go back one by one to nothing, and forth again to the same', async () => {
    const whole = await inventory(database);
    await withSource(database, async (source) => {
      for (const { name } of migrations.toReversed()) {
        const before = (await inventory(database)).length;
        await source.undoLastMigration({ transaction: 'each' });
        expect({ name, left: (await executed(database)).some((row) => row.name === name) }).toEqual({
          name,
          left: false,
        });
        const after = (await inventory(database)).length;
        expect({ name, shrinks: after < before }).toEqual({ name, shrinks: !ROWS_ONLY.includes(name) });
      }
    });
    expect(await inventory(database)).toEqual([]);
    await migrateDatabase(database);
    expect(await inventory(database)).toEqual(whole);
  });

  it('the newest alone goes back and forth', async () => {
    const whole = await inventory(database);
    await withSource(database, (source) => source.undoLastMigration({ transaction: 'each' }));
    expect(await inventory(database)).not.toEqual(whole);
    await migrateDatabase(database);
    expect(await inventory(database)).toEqual(whole);
  });

  it('started by four processes at once run once', async () => {
    const empty = await createEmptyDatabase();
    try {
      await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(empty)));
      expect(await inventory(empty)).toEqual(await inventory(newest));
      expect(await executed(empty)).toHaveLength(migrations.length);
    } finally {
      await empty.drop();
    }
  });

  it('make the login that the application needs, and give it no more than that', async () => {
    const login = `obole_probe_${process.pid}`;
    const appUrl = new URL(database.appUrl);
    appUrl.username = login;
    appUrl.password = encodeURIComponent(`it's "quoted" 100 % @:/`);
    try {
      await migrateDatabase({ ownerUrl: database.ownerUrl, appUrl: appUrl.href });
      await migrateDatabase({ ownerUrl: database.ownerUrl, appUrl: appUrl.href });
      expect(await query(appUrl.href, 'SELECT count(*)::int AS n FROM donations')).toEqual([{ n: 0 }]);
      for (const statement of [
        'CREATE TABLE mine (id int)',
        'ALTER TABLE donations ADD COLUMN mine int',
        'ALTER TABLE donations DISABLE ROW LEVEL SECURITY',
        'DROP TABLE donations',
        'TRUNCATE journal_entries',
        'DELETE FROM donations',
        'UPDATE journal_entries SET action = action',
        'CREATE ROLE mine',
        `SET session_replication_role = 'replica'`,
      ]) {
        await expect(query(appUrl.href, statement)).rejects.toThrow(/permission denied|must be owner/);
      }
    } finally {
      await query(database.ownerUrl, `DROP ROLE ${login}`);
    }
  });
});
