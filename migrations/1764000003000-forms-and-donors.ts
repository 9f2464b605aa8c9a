import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTenantTable, run } from './support.js';

/** What is asked for, and who gives. */
export class FormsAndDonors1764000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `CREATE TABLE forms (
         association_id uuid NOT NULL CONSTRAINT forms_association_fkey REFERENCES associations (association_id),
         id uuid NOT NULL,
         slug text NOT NULL CONSTRAINT forms_slug_format CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) BETWEEN 2 AND 60),
         state text NOT NULL CONSTRAINT forms_state CHECK (state IN ('draft', 'published', 'archived')),
         title text NOT NULL,
         description text NOT NULL DEFAULT '',
         currency char(3) NOT NULL,
         suggested_amounts jsonb NOT NULL DEFAULT '[]',
         allows_free_amount boolean NOT NULL,
         minimum_cents bigint NOT NULL,
         maximum_cents bigint NOT NULL,
         required_donor_fields jsonb NOT NULL DEFAULT '[]',
         thank_you_text text NOT NULL DEFAULT '',
         colour text NOT NULL CONSTRAINT forms_colour CHECK (colour ~ '^#[0-9a-f]{6}$'),
         logo_file_id uuid,
         goal_cents bigint,
         created_at timestamptz NOT NULL DEFAULT now(),
         updated_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT forms_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT forms_slug_unique UNIQUE (association_id, slug),
         CONSTRAINT forms_amounts CHECK (minimum_cents > 0 AND maximum_cents >= minimum_cents),
         CONSTRAINT forms_goal CHECK (goal_cents > 0),
         CONSTRAINT forms_logo_fkey FOREIGN KEY (association_id, logo_file_id) REFERENCES stored_files (association_id, id)
       )`,
      `CREATE TABLE form_events (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         form_id uuid NOT NULL,
         from_state text NOT NULL,
         to_state text NOT NULL,
         at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT form_events_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT form_events_form_fkey FOREIGN KEY (association_id, form_id) REFERENCES forms (association_id, id)
       )`,
      // Personal: every column but the ids. One row per person as they name themselves under one mail address.
      `CREATE TABLE donors (
         association_id uuid NOT NULL CONSTRAINT donors_association_fkey REFERENCES associations (association_id),
         id uuid NOT NULL,
         kind text NOT NULL CONSTRAINT donors_kind CHECK (kind IN ('individual')),
         first_name text NOT NULL,
         last_name text NOT NULL,
         email text NOT NULL,
         identity_key text NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT donors_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT donors_identity_unique UNIQUE (association_id, identity_key)
       )`,
      // Personal. A new address is a new row: an old receipt's address stays findable.
      `CREATE TABLE donor_addresses (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         donor_id uuid NOT NULL,
         line1 text NOT NULL,
         line2 text,
         postal_code text NOT NULL,
         city text NOT NULL,
         country char(2) NOT NULL,
         created_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT donor_addresses_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT donor_addresses_donor_fkey FOREIGN KEY (association_id, donor_id) REFERENCES donors (association_id, id)
       )`,
      `CREATE INDEX donor_addresses_donor ON donor_addresses (association_id, donor_id, id DESC)`,
    ]);
    await protectTenantTable(runner, 'forms', 'SELECT, INSERT, UPDATE');
    await protectTenantTable(runner, 'form_events', 'SELECT, INSERT');
    await makeAppendOnly(runner, 'form_events');
    await protectTenantTable(runner, 'donors', 'SELECT, INSERT, UPDATE');
    await protectTenantTable(runner, 'donor_addresses', 'SELECT, INSERT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE donor_addresses, donors, form_events, forms');
  }
}
