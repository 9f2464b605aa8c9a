import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTenantTable, run } from './support.js';

export class Donations1764000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      // Personal: message, display_name.
      `CREATE TABLE donations (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         form_id uuid NOT NULL,
         donor_id uuid NOT NULL,
         donor_address_id uuid,
         state text NOT NULL CONSTRAINT donations_state CHECK (state IN ('pending', 'paid', 'failed', 'canceled', 'expired')),
         frequency text NOT NULL CONSTRAINT donations_frequency CHECK (frequency IN ('once')),
         amount_cents bigint NOT NULL CONSTRAINT donations_amount_positive CHECK (amount_cents > 0),
         currency char(3) NOT NULL,
         wants_receipt boolean NOT NULL,
         message text,
         display_name text,
         locale text NOT NULL CONSTRAINT donations_locale CHECK (locale IN ('fr', 'en')),
         token text NOT NULL,
         request_key text NOT NULL,
         paid_at timestamptz,
         created_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT donations_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT donations_token_unique UNIQUE (association_id, token),
         CONSTRAINT donations_request_unique UNIQUE (association_id, request_key),
         CONSTRAINT donations_form_fkey FOREIGN KEY (association_id, form_id) REFERENCES forms (association_id, id),
         CONSTRAINT donations_donor_fkey FOREIGN KEY (association_id, donor_id) REFERENCES donors (association_id, id),
         CONSTRAINT donations_address_fkey FOREIGN KEY (association_id, donor_address_id) REFERENCES donor_addresses (association_id, id),
         CONSTRAINT donations_paid_has_date CHECK (state <> 'paid' OR paid_at IS NOT NULL)
       )`,
      `CREATE INDEX donations_form_paid ON donations (association_id, form_id) INCLUDE (amount_cents) WHERE state = 'paid'`,
      `CREATE FUNCTION guard_donation() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF NEW.amount_cents <> OLD.amount_cents OR NEW.currency <> OLD.currency OR NEW.donor_id <> OLD.donor_id
              OR NEW.form_id <> OLD.form_id OR NEW.token <> OLD.token
              OR (OLD.state = 'paid' AND (NEW.state <> 'paid' OR NEW.paid_at <> OLD.paid_at)) THEN
             RAISE EXCEPTION 'past money is never edited' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'donations_past_money';
           END IF;
           RETURN NEW;
         END $$`,
      `CREATE TRIGGER donations_guard BEFORE UPDATE ON donations FOR EACH ROW EXECUTE FUNCTION guard_donation()`,
      `CREATE TABLE donation_events (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         donation_id uuid NOT NULL,
         from_state text NOT NULL,
         to_state text NOT NULL,
         at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT donation_events_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT donation_events_donation_fkey FOREIGN KEY (association_id, donation_id) REFERENCES donations (association_id, id)
       )`,
      `CREATE INDEX donation_events_donation ON donation_events (association_id, donation_id)`,
    ]);
    await protectTenantTable(runner, 'donations', 'SELECT, INSERT, UPDATE');
    await protectTenantTable(runner, 'donation_events', 'SELECT, INSERT');
    await makeAppendOnly(runner, 'donation_events');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE donation_events, donations');
    await runner.query('DROP FUNCTION guard_donation()');
  }
}
