import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, makeAppendOnly, protectTenantTable, run } from './support.js';

/** Outbox, idempotency, stored files, journal. */
export class PlatformTables1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `CREATE TABLE outbox (
         id uuid CONSTRAINT outbox_pkey PRIMARY KEY,
         association_id uuid,
         job text NOT NULL,
         queue text NOT NULL,
         payload jsonb NOT NULL,
         attempts int NOT NULL DEFAULT 0,
         run_at timestamptz NOT NULL DEFAULT now(),
         held_until timestamptz,
         died_at timestamptz,
         last_error text,
         created_at timestamptz NOT NULL DEFAULT now()
       ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02)`,
      `CREATE INDEX outbox_due ON outbox (queue, run_at) WHERE died_at IS NULL`,
      `CREATE TABLE idempotency_records (
         scope text NOT NULL,
         key text NOT NULL,
         request_hash text NOT NULL,
         status int,
         body jsonb,
         created_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT idempotency_records_pkey PRIMARY KEY (scope, key)
       )`,
      `CREATE INDEX idempotency_records_created_at ON idempotency_records (created_at)`,
      `CREATE TABLE stored_files (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         media_type text NOT NULL,
         sha256 text NOT NULL CONSTRAINT stored_files_sha256_hex CHECK (sha256 ~ '^[0-9a-f]{64}$'),
         bytes bytea NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT stored_files_pkey PRIMARY KEY (association_id, id)
       )`,
      // PDF and PNG are compressed already: PostgreSQL need not try.
      `ALTER TABLE stored_files ALTER COLUMN bytes SET STORAGE EXTERNAL`,
      `CREATE TABLE journal_entries (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         actor text NOT NULL,
         action text NOT NULL,
         subject text NOT NULL,
         details jsonb NOT NULL,
         at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT journal_entries_pkey PRIMARY KEY (association_id, id)
       )`,
    ]);
    await grant(runner, 'outbox', 'SELECT, INSERT, UPDATE, DELETE');
    await grant(runner, 'idempotency_records', 'SELECT, INSERT, UPDATE, DELETE');
    await protectTenantTable(runner, 'stored_files', 'SELECT, INSERT');
    await makeAppendOnly(runner, 'stored_files');
    await protectTenantTable(runner, 'journal_entries', 'SELECT, INSERT');
    await makeAppendOnly(runner, 'journal_entries');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE journal_entries, stored_files, idempotency_records, outbox');
  }
}
