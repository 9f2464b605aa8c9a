import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
// The whole application, so that every module has said what its constraints mean.
import '../../src/app.module.js';
import { constraintsWithMeaning } from '../../src/platform/database/constraint-errors.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('schema and code', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new pg.Client(database.ownerUrl);
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  const names = async (sql: string) =>
    (await owner.query<{ name: string }>(sql)).rows.map(({ name }) => name);

  it('every constraint that the code gives a meaning to exists, or is raised by a trigger of that name', async () => {
    const meant = constraintsWithMeaning();
    expect(meant).toEqual(
      expect.arrayContaining(['association_slugs_pkey', 'receipts_frozen', 'forms_slug_unique']),
    );
    const constraints = await names(
      `SELECT conname AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace`,
    );
    const raised = await names(
      `SELECT (regexp_matches(prosrc, 'CONSTRAINT = ''(\\w+)''', 'g'))[1] AS name FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace`,
    );
    expect(meant.filter((name) => ![...constraints, ...raised].includes(name))).toEqual([]);
    expect(raised.filter((name) => !meant.includes(name))).toEqual([]);
  });

  it('every trigger that guards a table is on it', async () => {
    const guarded = await names(
      `SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O' ORDER BY 1`,
    );
    expect(guarded).toEqual(
      expect.arrayContaining(['donations', 'payments', 'receipts', 'journal_entries', 'stored_files']),
    );
  });

  it('every money column is a bigint of cents, and a currency stands beside it', async () => {
    const { rows } = await owner.query<{ table: string; type: string; hasCurrency: boolean }>(
      `SELECT c.table_name || '.' || c.column_name AS table, c.data_type AS type,
              EXISTS (SELECT FROM information_schema.columns x WHERE x.table_schema = 'public'
                       AND x.table_name = c.table_name AND x.column_name = 'currency') AS "hasCurrency"
         FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.column_name LIKE '%cents%'`,
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ type, hasCurrency }) => type !== 'bigint' || !hasCurrency)).toEqual([]);
  });

  it('no column holds money or a moment in a type that rounds or forgets the zone', async () => {
    expect(
      await names(
        `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
          WHERE table_schema = 'public' AND table_name <> 'migrations'
            AND data_type IN ('numeric', 'real', 'double precision', 'money', 'timestamp without time zone')`,
      ),
    ).toEqual([]);
  });
});
