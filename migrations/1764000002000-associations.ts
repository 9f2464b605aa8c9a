import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, protectTenantTable, run } from './support.js';

/** The tenant, its address book of slugs, and its API keys. */
export class Associations1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `CREATE TABLE associations (
         association_id uuid CONSTRAINT associations_pkey PRIMARY KEY,
         name text NOT NULL,
         slug text NOT NULL,
         registration jsonb NOT NULL,
         street text NOT NULL,
         street2 text,
         postal_code text NOT NULL,
         city text NOT NULL,
         country char(2) NOT NULL,
         object text NOT NULL,
         legal_category text NOT NULL,
         legal_details jsonb NOT NULL DEFAULT '{}',
         fiscal_regime text NOT NULL CONSTRAINT associations_fiscal_regime CHECK (fiscal_regime IN ('none', 'general', 'aid_to_people')),
         fiscal_regime_from date,
         receipt_numbering jsonb NOT NULL,
         signatory_name text,
         signatory_role text,
         signature_file_id uuid,
         contact_email text NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now(),
         updated_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT associations_signature_fkey FOREIGN KEY (association_id, signature_file_id) REFERENCES stored_files (association_id, id),
         CONSTRAINT associations_regime_has_start CHECK (fiscal_regime = 'none' OR fiscal_regime_from IS NOT NULL)
       )`,
      // Not a tenant's data but the directory that leads to one: a page is asked for by its slug.
      `CREATE TABLE association_slugs (
         slug text CONSTRAINT association_slugs_pkey PRIMARY KEY
           CONSTRAINT association_slugs_format CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) BETWEEN 2 AND 60),
         association_id uuid NOT NULL CONSTRAINT association_slugs_association_fkey REFERENCES associations (association_id),
         created_at timestamptz NOT NULL DEFAULT now()
       )`,
      `CREATE TABLE api_keys (
         association_id uuid NOT NULL CONSTRAINT api_keys_association_fkey REFERENCES associations (association_id),
         id uuid NOT NULL,
         name text NOT NULL,
         role text NOT NULL CONSTRAINT api_keys_role CHECK (role IN ('reader', 'treasurer', 'owner')),
         token_hash bytea NOT NULL,
         hint text NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now(),
         last_used_on date,
         revoked_at timestamptz,
         CONSTRAINT api_keys_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT api_keys_token_unique UNIQUE (association_id, token_hash)
       )`,
    ]);
    await protectTenantTable(runner, 'associations', 'SELECT, INSERT, UPDATE');
    await grant(runner, 'association_slugs', 'SELECT, INSERT');
    await protectTenantTable(runner, 'api_keys', 'SELECT, INSERT, UPDATE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_keys, association_slugs, associations');
  }
}
