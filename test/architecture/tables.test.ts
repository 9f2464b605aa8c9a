import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** Tables that are no tenant's, each with the reason. Everything else has association_id and a policy. */
const NOT_TENANT_TABLES: Record<string, string> = {
  migrations: 'TypeORM’s own list of what has run',
  outbox: 'the dispatcher serves every association; payloads hold ids only',
  periodic_jobs: 'a sweep serves every association',
  idempotency_records: 'a key belongs to a route or a caller; kept for a day',
  association_slugs: 'the public address book: a page is asked for by its slug',
};

/** PostgreSQL's own names for constraints that nobody named. */
const AUTOMATIC_NAME = /_(check\d*|key\d*|fkey\d+|excl\d*)$/;

describe('the schema', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let app: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new pg.Client(database.ownerUrl);
    app = new pg.Client(database.appUrl);
    await Promise.all([owner.connect(), app.connect()]);
  });

  afterAll(async () => {
    await Promise.all([owner.end(), app.end()]);
    await database.drop();
  });

  const names = async (sql: string) =>
    (await owner.query<{ name: string }>(sql)).rows.map(({ name }) => name);
  const tables = () =>
    names(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    );

  it('every tenant table has association_id not null, first in its primary key, and a row-level security policy', async () => {
    const tenant = (await tables()).filter((table) => !(table in NOT_TENANT_TABLES));
    const scoped = await names(`SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'association_id' AND is_nullable = 'NO'`);
    const keyed = await names(`SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] WHERE i.indisprimary AND a.attname = 'association_id'`);
    const guarded = await names(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relrowsecurity`,
    );
    expect(tenant.filter((table) => !scoped.includes(table))).toEqual([]);
    expect(tenant.filter((table) => !keyed.includes(table))).toEqual([]);
    expect(tenant.filter((table) => !guarded.includes(table))).toEqual([]);
    expect(tenant.length).toBeGreaterThan(15);
  });

  it('the list of exceptions names no table that is gone', async () => {
    const known = await tables();
    expect(Object.keys(NOT_TENANT_TABLES).filter((table) => !known.includes(table))).toEqual([]);
  });

  it('every constraint has a name that somebody chose', async () => {
    const constraints =
      await names(`SELECT conname AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      AND conrelid <> 'migrations'::regclass`);
    expect(constraints.filter((name) => AUTOMATIC_NAME.test(name))).toEqual([]);
  });

  it('the application’s login owns nothing', async () => {
    const { rows } = await app.query(
      `SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)`,
    );
    expect(rows).toEqual([]);
  });

  it('a query without a scope sees no row of any tenant table', async () => {
    await owner.query(`INSERT INTO associations (association_id, name, slug, registration, street, postal_code, city, country, object,
      legal_category, fiscal_regime, receipt_numbering, contact_email)
      VALUES (gen_random_uuid(), 'A', 'a-a', '{}', 's', '75001', 'Paris', 'FR', 'o', 'c', 'none', '{}', 'a@example.org')`);
    expect((await app.query('SELECT * FROM associations')).rows).toEqual([]);
    await app.query(`BEGIN; SET LOCAL obole.scope = 'across'`);
    expect((await app.query('SELECT * FROM associations')).rows).toHaveLength(1);
    await app.query('COMMIT');
    expect((await app.query('SELECT * FROM associations')).rows).toEqual([]);
  });

  it('a row cannot be written for another association than the scope’s', async () => {
    await app.query(`BEGIN; SET LOCAL obole.association_id = '018f0000-0000-7000-8000-000000000001'`);
    await expect(
      app.query(`INSERT INTO journal_entries (association_id, id, actor, action, subject, details)
        VALUES ('018f0000-0000-7000-8000-000000000002', gen_random_uuid(), 'a', 'b', 'c', '{}')`),
    ).rejects.toThrow(/row-level security/);
    await app.query('ROLLBACK');
  });

  it.each([
    'journal_entries',
    'stored_files',
    'ledger_entries',
    'ledger_lines',
    'payment_events',
    'payment_refund_events',
    'payment_dispute_events',
    'donation_events',
    'form_events',
    'provider_events',
    'payment_mandate_events',
    'plan_events',
    'plan_period_events',
    'payment_mismatches',
    'offline_donations',
    'deposits',
    'deposit_items',
    'receipt_cancellations',
    'receipt_revisions',
    'payouts',
    'payout_parts',
    'offline_corrections',
  ])('rows of %s are never changed or deleted, by their owner either', async (table) => {
    const { rows } = await owner.query(
      `SELECT tgname FROM pg_trigger WHERE tgrelid = $1::regclass AND tgname = $2`,
      [table, `${table}_append_only`],
    );
    expect(rows).toHaveLength(1);
    await expect(app.query(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
  });
});
