import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTenantTable, run } from './support.js';

/** Attempts at the provider, apart from what they pay for. */
export class Payments1764000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `CREATE TABLE payments (
         association_id uuid NOT NULL CONSTRAINT payments_association_fkey REFERENCES associations (association_id),
         id uuid NOT NULL,
         reference uuid NOT NULL,
         state text NOT NULL CONSTRAINT payments_state
           CHECK (state IN ('created', 'open', 'pending', 'authorized', 'paid', 'failed', 'canceled', 'expired')),
         amount_cents bigint NOT NULL CONSTRAINT payments_amount_positive CHECK (amount_cents > 0),
         currency char(3) NOT NULL,
         description text NOT NULL,
         locale text NOT NULL,
         return_url text NOT NULL,
         token text NOT NULL,
         provider text NOT NULL CONSTRAINT payments_provider CHECK (provider IN ('mollie')),
         mode text NOT NULL CONSTRAINT payments_mode CHECK (mode IN ('test', 'live')),
         profile_id text,
         organization_id text,
         provider_id text,
         checkout_url text,
         method text,
         failure_reason text,
         refunded_cents bigint NOT NULL DEFAULT 0,
         charged_back_cents bigint NOT NULL DEFAULT 0,
         paid_at timestamptz,
         expires_at timestamptz,
         synced_at timestamptz,
         created_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT payments_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT payments_token_unique UNIQUE (association_id, token),
         CONSTRAINT payments_provider_id_unique UNIQUE (association_id, provider_id),
         CONSTRAINT payments_paid_has_date CHECK (state <> 'paid' OR paid_at IS NOT NULL),
         CONSTRAINT payments_returned_amounts CHECK (refunded_cents >= 0 AND charged_back_cents >= 0)
       )`,
      `CREATE INDEX payments_reference ON payments (association_id, reference)`,
      `CREATE FUNCTION guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF NEW.amount_cents <> OLD.amount_cents OR NEW.currency <> OLD.currency OR NEW.reference <> OLD.reference
              OR NEW.mode <> OLD.mode OR NEW.token <> OLD.token
              OR (OLD.provider_id IS NOT NULL AND NEW.provider_id IS DISTINCT FROM OLD.provider_id)
              OR (OLD.state = 'paid' AND (NEW.state <> 'paid' OR NEW.paid_at <> OLD.paid_at)) THEN
             RAISE EXCEPTION 'past money is never edited' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payments_past_money';
           END IF;
           RETURN NEW;
         END $$`,
      `CREATE TRIGGER payments_guard BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION guard_payment()`,
      `CREATE TABLE payment_events (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         payment_id uuid NOT NULL,
         from_state text NOT NULL,
         to_state text NOT NULL,
         at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT payment_events_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT payment_events_payment_fkey FOREIGN KEY (association_id, payment_id) REFERENCES payments (association_id, id),
         CONSTRAINT payment_events_once UNIQUE (association_id, payment_id, to_state)
       )`,
    ]);
    await protectTenantTable(runner, 'payments', 'SELECT, INSERT, UPDATE');
    await protectTenantTable(runner, 'payment_events', 'SELECT, INSERT');
    await makeAppendOnly(runner, 'payment_events');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE payment_events, payments');
    await runner.query('DROP FUNCTION guard_payment()');
  }
}
