import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTenantTable, run } from './support.js';

/** Money that goes back: refunds with a life of their own, disputes, and what a payment must know for both. */
export class RefundsAndDisputes1764000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await changePayments(runner);
    await changeRefunds(runner);
    await changeDisputes(runner);
    for (const table of ['payment_refund_events', 'payment_dispute_events']) {
      await protectTenantTable(runner, table, 'SELECT, INSERT');
      await makeAppendOnly(runner, table);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `DROP TABLE payment_dispute_events, payment_refund_events`,
      `DROP INDEX payment_disputes_open`,
      `ALTER TABLE payment_disputes DROP COLUMN state`,
      `ALTER POLICY payment_disputes_scope ON payment_disputes RENAME TO payment_chargebacks_scope`,
      ...['pkey', 'payment_fkey', 'provider_unique', 'amount_positive'].map(
        (part) =>
          `ALTER TABLE payment_disputes RENAME CONSTRAINT payment_disputes_${part} TO payment_chargebacks_${part}`,
      ),
      `ALTER TABLE payment_disputes RENAME TO payment_chargebacks`,
      `DROP TRIGGER payment_refunds_guard ON payment_refunds`,
      `DROP FUNCTION guard_payment_refund()`,
      `DROP INDEX payment_refunds_under_way`,
      `ALTER TABLE payment_refunds DROP CONSTRAINT payment_refunds_settled_has_date, DROP CONSTRAINT payment_refunds_wish_has_author`,
      `ALTER TABLE payment_refunds RENAME COLUMN provider_status TO status`,
      `ALTER TABLE payment_refunds DROP COLUMN origin, DROP COLUMN state, DROP COLUMN reason, DROP COLUMN requested_by, DROP COLUMN settled_at`,
      `DROP INDEX payments_unborn, payments_next_sync`,
      `ALTER TABLE payments DROP CONSTRAINT payments_mandate_of_sequence, DROP CONSTRAINT payments_fee_below_amount,
         DROP COLUMN application_fee_cents, DROP COLUMN income_account, DROP COLUMN sequence, DROP COLUMN mandate_id,
         DROP COLUMN account_id, DROP COLUMN next_sync_at`,
      `CREATE OR REPLACE FUNCTION guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF NEW.amount_cents <> OLD.amount_cents OR NEW.currency <> OLD.currency OR NEW.reference <> OLD.reference
              OR NEW.mode <> OLD.mode OR NEW.token <> OLD.token
              OR (OLD.provider_id IS NOT NULL AND NEW.provider_id IS DISTINCT FROM OLD.provider_id)
              OR (OLD.state = 'paid' AND (NEW.state <> 'paid' OR NEW.paid_at <> OLD.paid_at)) THEN
             RAISE EXCEPTION 'past money is never edited' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payments_past_money';
           END IF;
           RETURN NEW;
         END $$`,
    ]);
  }
}

async function changePayments(runner: QueryRunner): Promise<void> {
  await run(runner, [
    `ALTER TABLE payments
       ADD COLUMN application_fee_cents bigint NOT NULL DEFAULT 0,
       ADD COLUMN income_account text NOT NULL DEFAULT 'gifts' CONSTRAINT payments_income_account CHECK (income_account IN ('gifts', 'company_gifts')),
       ADD COLUMN sequence text NOT NULL DEFAULT 'oneoff' CONSTRAINT payments_sequence CHECK (sequence IN ('oneoff', 'first', 'recurring')),
       ADD COLUMN mandate_id uuid,
       ADD COLUMN account_id uuid,
       ADD COLUMN next_sync_at timestamptz,
       ALTER COLUMN return_url DROP NOT NULL,
       DROP CONSTRAINT payments_provider,
       ADD CONSTRAINT payments_provider CHECK (provider IN ('mollie', 'offline')),
       ADD CONSTRAINT payments_fee_below_amount CHECK (application_fee_cents >= 0 AND application_fee_cents < amount_cents),
       ADD CONSTRAINT payments_mandate_of_sequence CHECK ((sequence = 'oneoff') = (mandate_id IS NULL))`,
    // What was there is looked at again: the sweep then plans the next look itself.
    `UPDATE payments SET next_sync_at = now() WHERE provider_id IS NOT NULL AND state IN ('open', 'pending', 'authorized', 'paid')`,
    `CREATE INDEX payments_next_sync ON payments (next_sync_at) WHERE next_sync_at IS NOT NULL`,
    `CREATE INDEX payments_unborn ON payments (created_at) WHERE state = 'created'`,
    `CREATE OR REPLACE FUNCTION guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.amount_cents <> OLD.amount_cents OR NEW.currency <> OLD.currency OR NEW.reference <> OLD.reference
            OR NEW.mode <> OLD.mode OR NEW.token <> OLD.token OR NEW.provider <> OLD.provider
            OR NEW.application_fee_cents <> OLD.application_fee_cents OR NEW.income_account <> OLD.income_account
            OR NEW.sequence <> OLD.sequence OR NEW.mandate_id IS DISTINCT FROM OLD.mandate_id
            OR NEW.account_id IS DISTINCT FROM OLD.account_id
            OR (OLD.provider_id IS NOT NULL AND NEW.provider_id IS DISTINCT FROM OLD.provider_id)
            OR (OLD.organization_id IS NOT NULL AND NEW.organization_id IS DISTINCT FROM OLD.organization_id)
            OR (OLD.state = 'paid' AND (NEW.state <> 'paid' OR NEW.paid_at <> OLD.paid_at)) THEN
           RAISE EXCEPTION 'past money is never edited' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payments_past_money';
         END IF;
         RETURN NEW;
       END $$`,
  ]);
}

async function changeRefunds(runner: QueryRunner): Promise<void> {
  await run(runner, [
    // Refunds: ours from the wish on, others' from the moment the provider tells of them.
    `ALTER TABLE payment_refunds
       ADD COLUMN origin text NOT NULL DEFAULT 'external' CONSTRAINT payment_refunds_origin CHECK (origin IN ('obole', 'external', 'correction')),
       ADD COLUMN state text CONSTRAINT payment_refunds_state CHECK (state IN ('requested', 'sent', 'settled', 'failed', 'cancelled')),
       ADD COLUMN reason text,
       ADD COLUMN requested_by text,
       ADD COLUMN settled_at timestamptz,
       ALTER COLUMN provider_refund_id DROP NOT NULL,
       ALTER COLUMN status DROP NOT NULL`,
    `UPDATE payment_refunds SET state = CASE status
       WHEN 'processing' THEN 'settled' WHEN 'refunded' THEN 'settled' WHEN 'failed' THEN 'failed' WHEN 'canceled' THEN 'cancelled' ELSE 'sent' END,
       settled_at = CASE WHEN status IN ('processing', 'refunded') THEN seen_at END`,
    `ALTER TABLE payment_refunds ALTER COLUMN state SET NOT NULL`,
    `ALTER TABLE payment_refunds RENAME COLUMN status TO provider_status`,
    `ALTER TABLE payment_refunds
       ADD CONSTRAINT payment_refunds_settled_has_date CHECK (state <> 'settled' OR settled_at IS NOT NULL),
       ADD CONSTRAINT payment_refunds_wish_has_author CHECK (origin = 'external' OR requested_by IS NOT NULL)`,
    `CREATE INDEX payment_refunds_under_way ON payment_refunds (created_at) WHERE state IN ('requested', 'sent')`,
    `CREATE FUNCTION guard_payment_refund() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.amount_cents <> OLD.amount_cents OR NEW.currency <> OLD.currency OR NEW.payment_id <> OLD.payment_id
            OR NEW.origin <> OLD.origin OR NEW.created_at <> OLD.created_at
            OR (OLD.provider_refund_id IS NOT NULL AND NEW.provider_refund_id IS DISTINCT FROM OLD.provider_refund_id) THEN
           RAISE EXCEPTION 'past money is never edited' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payment_refunds_past_money';
         END IF;
         RETURN NEW;
       END $$`,
    `CREATE TRIGGER payment_refunds_guard BEFORE UPDATE ON payment_refunds FOR EACH ROW EXECUTE FUNCTION guard_payment_refund()`,
    `CREATE TABLE payment_refund_events (
       association_id uuid NOT NULL,
       id uuid NOT NULL,
       refund_id uuid NOT NULL,
       from_state text,
       to_state text NOT NULL,
       at timestamptz NOT NULL DEFAULT now(),
       CONSTRAINT payment_refund_events_pkey PRIMARY KEY (association_id, id),
       CONSTRAINT payment_refund_events_refund_fkey FOREIGN KEY (association_id, refund_id) REFERENCES payment_refunds (association_id, id)
     )`,
    `CREATE INDEX payment_refund_events_refund ON payment_refund_events (association_id, refund_id)`,
  ]);
}

async function changeDisputes(runner: QueryRunner): Promise<void> {
  await run(runner, [
    // A chargeback is a fact of the bank; the dispute is what becomes of it.
    `ALTER TABLE payment_chargebacks RENAME TO payment_disputes`,
    ...['pkey', 'payment_fkey', 'provider_unique', 'amount_positive'].map(
      (part) =>
        `ALTER TABLE payment_disputes RENAME CONSTRAINT payment_chargebacks_${part} TO payment_disputes_${part}`,
    ),
    `ALTER POLICY payment_chargebacks_scope ON payment_disputes RENAME TO payment_disputes_scope`,
    `ALTER TABLE payment_disputes
       ADD COLUMN state text NOT NULL DEFAULT 'opened' CONSTRAINT payment_disputes_state CHECK (state IN ('opened', 'won', 'lost'))`,
    `UPDATE payment_disputes SET state = 'won' WHERE reversed_at IS NOT NULL`,
    `CREATE INDEX payment_disputes_open ON payment_disputes (created_at) WHERE state = 'opened'`,
    `CREATE TABLE payment_dispute_events (
       association_id uuid NOT NULL,
       id uuid NOT NULL,
       dispute_id uuid NOT NULL,
       from_state text,
       to_state text NOT NULL,
       at timestamptz NOT NULL DEFAULT now(),
       CONSTRAINT payment_dispute_events_pkey PRIMARY KEY (association_id, id),
       CONSTRAINT payment_dispute_events_dispute_fkey FOREIGN KEY (association_id, dispute_id) REFERENCES payment_disputes (association_id, id)
     )`,
    `CREATE INDEX payment_dispute_events_dispute ON payment_dispute_events (association_id, dispute_id)`,
  ]);
}
