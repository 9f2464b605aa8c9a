import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** What every table's protection stands on. */
export class Scopes1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `GRANT USAGE ON SCHEMA public TO obole_app`,
      `CREATE FUNCTION current_association() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
         AS $$ SELECT NULLIF(current_setting('obole.association_id', true), '')::uuid $$`,
      `CREATE FUNCTION in_scope_across() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
         AS $$ SELECT COALESCE(current_setting('obole.scope', true), '') = 'across' $$`,
      `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `DROP FUNCTION refuse_change()`,
      `DROP FUNCTION in_scope_across()`,
      `DROP FUNCTION current_association()`,
    ]);
  }
}
