import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTenantTable, run } from './support.js';

/** Gifts that come again: what a donor allowed (mandates), what they promised (plans), and each time it fell due (periods). */
export class PlansAndMandates1764000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createMandates(runner);
    await createPlans(runner);
    await createPeriods(runner);
    await changeGifts(runner);
    for (const table of ['payment_mandates', 'plans', 'plan_periods'])
      await protectTenantTable(runner, table, 'SELECT, INSERT, UPDATE');
    for (const table of ['payment_mandate_events', 'plan_events', 'plan_period_events']) {
      await protectTenantTable(runner, table, 'SELECT, INSERT');
      await makeAppendOnly(runner, table);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `ALTER TABLE donations DROP CONSTRAINT donations_plan_of_frequency, DROP CONSTRAINT donations_plan_fkey, DROP COLUMN plan_id,
         DROP CONSTRAINT donations_frequency, ADD CONSTRAINT donations_frequency CHECK (frequency IN ('once'))`,
      `ALTER TABLE forms DROP COLUMN frequencies`,
      `DROP TABLE plan_period_events, plan_periods, plan_events, plans`,
      `DROP FUNCTION guard_plan()`,
      `ALTER TABLE payments DROP CONSTRAINT payments_mandate_fkey, DROP COLUMN provider_mandate_id`,
      `DROP TABLE payment_mandate_events, payment_mandates`,
    ]);
  }
}

async function createMandates(runner: QueryRunner): Promise<void> {
  await run(runner, [
    // A donor's leave to be charged again. One customer at the provider for each, who holds nothing personal.
    `CREATE TABLE payment_mandates (
       association_id uuid NOT NULL CONSTRAINT payment_mandates_association_fkey REFERENCES associations (association_id),
       id uuid NOT NULL,
       holder uuid NOT NULL,
       state text NOT NULL CONSTRAINT payment_mandates_state CHECK (state IN ('pending', 'valid', 'invalid', 'revoked')),
       provider_customer_id text,
       provider_mandate_id text,
       method text,
       card_expires_on date,
       account_id uuid,
       mode text NOT NULL CONSTRAINT payment_mandates_mode CHECK (mode IN ('test', 'live')),
       profile_id text,
       organization_id text,
       synced_at timestamptz,
       created_at timestamptz NOT NULL DEFAULT now(),
       CONSTRAINT payment_mandates_pkey PRIMARY KEY (association_id, id),
       CONSTRAINT payment_mandates_customer_unique UNIQUE (association_id, provider_customer_id),
       CONSTRAINT payment_mandates_provider_unique UNIQUE (association_id, provider_mandate_id)
     )`,
    `CREATE INDEX payment_mandates_holder ON payment_mandates (association_id, holder)`,
    `CREATE TABLE payment_mandate_events (
       association_id uuid NOT NULL,
       id uuid NOT NULL,
       mandate_id uuid NOT NULL,
       from_state text NOT NULL,
       to_state text NOT NULL,
       at timestamptz NOT NULL DEFAULT now(),
       CONSTRAINT payment_mandate_events_pkey PRIMARY KEY (association_id, id),
       CONSTRAINT payment_mandate_events_mandate_fkey FOREIGN KEY (association_id, mandate_id) REFERENCES payment_mandates (association_id, id)
     )`,
    // What a payment that was paid says of its mandate.
    `ALTER TABLE payments ADD COLUMN provider_mandate_id text,
       ADD CONSTRAINT payments_mandate_fkey FOREIGN KEY (association_id, mandate_id) REFERENCES payment_mandates (association_id, id)`,
  ]);
}

async function createPlans(runner: QueryRunner): Promise<void> {
  await run(runner, [
    // Personal: display_name.
    `CREATE TABLE plans (
       association_id uuid NOT NULL CONSTRAINT plans_association_fkey REFERENCES associations (association_id),
       id uuid NOT NULL,
       form_id uuid NOT NULL,
       donor_id uuid NOT NULL,
       donor_address_id uuid,
       state text NOT NULL CONSTRAINT plans_state CHECK (state IN ('pending', 'active', 'paused', 'ended')),
       frequency text NOT NULL CONSTRAINT plans_frequency CHECK (frequency IN ('monthly', 'quarterly', 'yearly')),
       amount_cents bigint NOT NULL CONSTRAINT plans_amount_positive CHECK (amount_cents > 0),
       currency char(3) NOT NULL,
       anchor_day smallint CONSTRAINT plans_anchor_day CHECK (anchor_day BETWEEN 1 AND 31),
       next_due_on date,
       paused_until date,
       paused_reason text CONSTRAINT plans_paused_reason CHECK (paused_reason IN ('donor', 'association', 'disputed')),
       ended_reason text CONSTRAINT plans_ended_reason CHECK (ended_reason IN
         ('donor', 'association', 'never_started', 'payment_refused', 'unpaid', 'mandate_gone')),
       mandate_id uuid,
       card_expires_on date,
       announced_expiry_on date,
       first_donation_id uuid NOT NULL,
       mending_donation_id uuid,
       wants_receipt boolean NOT NULL,
       display_name text,
       locale text NOT NULL CONSTRAINT plans_locale CHECK (locale IN ('fr', 'en')),
       token text NOT NULL,
       charge_staged_at timestamptz,
       created_at timestamptz NOT NULL DEFAULT now(),
       ended_at timestamptz,
       CONSTRAINT plans_pkey PRIMARY KEY (association_id, id),
       CONSTRAINT plans_token_unique UNIQUE (association_id, token),
       CONSTRAINT plans_first_donation_unique UNIQUE (association_id, first_donation_id),
       CONSTRAINT plans_form_fkey FOREIGN KEY (association_id, form_id) REFERENCES forms (association_id, id),
       CONSTRAINT plans_donor_fkey FOREIGN KEY (association_id, donor_id) REFERENCES donors (association_id, id),
       CONSTRAINT plans_address_fkey FOREIGN KEY (association_id, donor_address_id) REFERENCES donor_addresses (association_id, id),
       CONSTRAINT plans_mandate_fkey FOREIGN KEY (association_id, mandate_id) REFERENCES payment_mandates (association_id, id),
       CONSTRAINT plans_first_donation_fkey FOREIGN KEY (association_id, first_donation_id) REFERENCES donations (association_id, id),
       CONSTRAINT plans_active_is_due CHECK (state <> 'active' OR (next_due_on IS NOT NULL AND anchor_day IS NOT NULL)),
       CONSTRAINT plans_paused_says_why CHECK ((state = 'paused') = (paused_reason IS NOT NULL)),
       CONSTRAINT plans_ended_says_why CHECK ((state = 'ended') = (ended_reason IS NOT NULL))
     )`,
    `CREATE INDEX plans_due ON plans (next_due_on) WHERE state = 'active'`,
    `CREATE INDEX plans_pause_over ON plans (paused_until) WHERE state = 'paused' AND paused_until IS NOT NULL`,
    `CREATE INDEX plans_not_begun ON plans (created_at) WHERE state = 'pending'`,
    `CREATE INDEX plans_card_expiry ON plans (card_expires_on) WHERE state = 'active' AND card_expires_on IS NOT NULL`,
    `CREATE FUNCTION guard_plan() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.donor_id <> OLD.donor_id OR NEW.form_id <> OLD.form_id OR NEW.currency <> OLD.currency OR NEW.token <> OLD.token
            OR NEW.frequency <> OLD.frequency OR NEW.first_donation_id <> OLD.first_donation_id THEN
           RAISE EXCEPTION 'a plan keeps its donor and its beginning' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'plans_identity';
         END IF;
         RETURN NEW;
       END $$`,
    `CREATE TRIGGER plans_guard BEFORE UPDATE ON plans FOR EACH ROW EXECUTE FUNCTION guard_plan()`,
    `CREATE TABLE plan_events (
       association_id uuid NOT NULL,
       id uuid NOT NULL,
       plan_id uuid NOT NULL,
       from_state text NOT NULL,
       to_state text NOT NULL,
       at timestamptz NOT NULL DEFAULT now(),
       CONSTRAINT plan_events_pkey PRIMARY KEY (association_id, id),
       CONSTRAINT plan_events_plan_fkey FOREIGN KEY (association_id, plan_id) REFERENCES plans (association_id, id)
     )`,
    `CREATE INDEX plan_events_plan ON plan_events (association_id, plan_id)`,
  ]);
}

async function createPeriods(runner: QueryRunner): Promise<void> {
  await run(runner, [
    // One row for each time a plan fell due, whatever became of it: the key is what keeps a donor from being charged twice.
    `CREATE TABLE plan_periods (
       association_id uuid NOT NULL,
       plan_id uuid NOT NULL,
       due_on date NOT NULL,
       state text NOT NULL CONSTRAINT plan_periods_state CHECK (state IN ('charging', 'paid', 'failed', 'skipped', 'given_up')),
       donation_id uuid,
       attempts smallint NOT NULL,
       first_failed_on date,
       next_attempt_on date,
       failure_kind text CONSTRAINT plan_periods_failure_kind CHECK (failure_kind IN ('soft', 'hard', 'ours')),
       failure_reason text,
       skipped_because text CONSTRAINT plan_periods_skipped_because CHECK (skipped_because IN ('downtime', 'paused')),
       created_at timestamptz NOT NULL DEFAULT now(),
       CONSTRAINT plan_periods_pkey PRIMARY KEY (association_id, plan_id, due_on),
       CONSTRAINT plan_periods_donation_unique UNIQUE (association_id, donation_id),
       CONSTRAINT plan_periods_plan_fkey FOREIGN KEY (association_id, plan_id) REFERENCES plans (association_id, id),
       CONSTRAINT plan_periods_donation_fkey FOREIGN KEY (association_id, donation_id) REFERENCES donations (association_id, id) DEFERRABLE INITIALLY DEFERRED,
       CONSTRAINT plan_periods_skipped_is_no_gift CHECK ((state = 'skipped') = (donation_id IS NULL)),
       CONSTRAINT plan_periods_skipped_says_why CHECK ((state = 'skipped') = (skipped_because IS NOT NULL))
     )`,
    `CREATE INDEX plan_periods_retry ON plan_periods (next_attempt_on) WHERE state = 'failed' AND next_attempt_on IS NOT NULL`,
    `CREATE TABLE plan_period_events (
       association_id uuid NOT NULL,
       id uuid NOT NULL,
       plan_id uuid NOT NULL,
       due_on date NOT NULL,
       from_state text NOT NULL,
       to_state text NOT NULL,
       at timestamptz NOT NULL DEFAULT now(),
       CONSTRAINT plan_period_events_pkey PRIMARY KEY (association_id, id),
       CONSTRAINT plan_period_events_period_fkey FOREIGN KEY (association_id, plan_id, due_on) REFERENCES plan_periods (association_id, plan_id, due_on)
     )`,
    `CREATE INDEX plan_period_events_period ON plan_period_events (association_id, plan_id, due_on)`,
  ]);
}

async function changeGifts(runner: QueryRunner): Promise<void> {
  await run(runner, [
    `ALTER TABLE forms ADD COLUMN frequencies jsonb NOT NULL DEFAULT '["once"]' CONSTRAINT forms_frequencies
       CHECK (frequencies <@ '["once", "monthly", "quarterly", "yearly"]' AND jsonb_array_length(frequencies) > 0)`,
    `ALTER TABLE donations
       DROP CONSTRAINT donations_frequency,
       ADD CONSTRAINT donations_frequency CHECK (frequency IN ('once', 'monthly', 'quarterly', 'yearly')),
       ADD COLUMN plan_id uuid,
       ADD CONSTRAINT donations_plan_of_frequency CHECK ((frequency = 'once') = (plan_id IS NULL)),
       ADD CONSTRAINT donations_plan_fkey FOREIGN KEY (association_id, plan_id) REFERENCES plans (association_id, id) DEFERRABLE INITIALLY DEFERRED`,
    `CREATE INDEX donations_plan ON donations (association_id, plan_id, id DESC) WHERE plan_id IS NOT NULL`,
  ]);
}
