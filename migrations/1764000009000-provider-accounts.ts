import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant, protectTenantTable, run } from './support.js';

/** The associations' own accounts at the provider: their sealed keys and tokens, and consents on the way. */
export class ProviderAccounts1764000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `CREATE TABLE provider_accounts (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         kind text NOT NULL CONSTRAINT provider_accounts_kind CHECK (kind IN ('api_key', 'connect')),
         state text NOT NULL CONSTRAINT provider_accounts_state CHECK (state IN ('connected', 'revoked')),
         is_current boolean NOT NULL,
         mode text NOT NULL CONSTRAINT provider_accounts_mode CHECK (mode IN ('test', 'live')),
         organization_id text,
         organization_name text,
         profile_id text,
         profile_name text,
         profile_choices jsonb,
         sealed_secret text NOT NULL,
         hint text,
         sealed_access text,
         access_expires_at timestamptz,
         lease_id uuid,
         lease_until timestamptz,
         onboarding_status text CONSTRAINT provider_accounts_onboarding CHECK (onboarding_status IN ('needs-data', 'in-review', 'completed')),
         can_receive_payments boolean,
         can_receive_settlements boolean,
         dashboard_url text,
         checked_at timestamptz NOT NULL,
         connected_at timestamptz NOT NULL,
         connected_by text NOT NULL,
         revoked_at timestamptz,
         CONSTRAINT provider_accounts_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT provider_accounts_sealed CHECK (sealed_secret LIKE 'v1.%' AND (sealed_access IS NULL OR sealed_access LIKE 'v1.%')),
         CONSTRAINT provider_accounts_current_is_complete CHECK (NOT is_current OR profile_id IS NOT NULL),
         CONSTRAINT provider_accounts_connect_names_organization CHECK (kind <> 'connect' OR organization_id IS NOT NULL),
         CONSTRAINT provider_accounts_access_expires CHECK ((sealed_access IS NULL) = (access_expires_at IS NULL)),
         CONSTRAINT provider_accounts_lease_ends CHECK ((lease_id IS NULL) = (lease_until IS NULL)),
         CONSTRAINT provider_accounts_revoked_has_date CHECK ((state = 'revoked') = (revoked_at IS NOT NULL))
       )`,
      `CREATE UNIQUE INDEX provider_accounts_one_current ON provider_accounts (association_id) WHERE is_current`,
      `CREATE INDEX provider_accounts_to_check ON provider_accounts (checked_at) WHERE is_current AND state = 'connected' AND kind = 'connect'`,
      // Payments are read with the account they were made with: it stays what it was.
      `CREATE FUNCTION guard_provider_account() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF NEW.kind <> OLD.kind OR NEW.mode <> OLD.mode OR (OLD.state = 'revoked' AND NEW.state <> 'revoked')
              OR NEW.organization_id IS DISTINCT FROM OLD.organization_id
              OR (OLD.profile_id IS NOT NULL AND NEW.profile_id IS DISTINCT FROM OLD.profile_id) THEN
             RAISE EXCEPTION 'an account is followed by another, never turned into one'
               USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'provider_accounts_stay';
           END IF;
           RETURN NEW;
         END $$`,
      `CREATE TRIGGER provider_accounts_guard BEFORE UPDATE ON provider_accounts FOR EACH ROW EXECUTE FUNCTION guard_provider_account()`,
      `ALTER TABLE payments ADD CONSTRAINT payments_account_fkey
         FOREIGN KEY (association_id, account_id) REFERENCES provider_accounts (association_id, id)`,
      `CREATE TABLE provider_consents (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         token_hash bytea NOT NULL,
         mode text NOT NULL CONSTRAINT provider_consents_mode CHECK (mode IN ('test', 'live')),
         actor text NOT NULL,
         expires_at timestamptz NOT NULL,
         CONSTRAINT provider_consents_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT provider_consents_token_unique UNIQUE (association_id, token_hash)
       )`,
    ]);
    // So that the application can tell at its start whether its migrations have run.
    await grant(runner, 'migrations', 'SELECT');
    await protectTenantTable(runner, 'provider_accounts', 'SELECT, INSERT, UPDATE');
    await protectTenantTable(runner, 'provider_consents', 'SELECT, INSERT, UPDATE, DELETE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `REVOKE SELECT ON migrations FROM obole_app`,
      `ALTER TABLE payments DROP CONSTRAINT payments_account_fkey`,
      `DROP TABLE provider_consents, provider_accounts`,
      `DROP FUNCTION guard_provider_account()`,
    ]);
  }
}
