import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTenantTable, run } from './support.js';

/** Contributions to the platform, gifts that no provider has seen, and what a person must look at. */
export class TipsOfflineAlerts1764000013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await changeGifts(runner);
    await createOffline(runner);
    await createAlerts(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, [
      'DROP TABLE alerts',
      'DROP TABLE offline_corrections, deposit_items, deposits, offline_donations',
      `ALTER TABLE donors ALTER COLUMN email SET NOT NULL`,
      `ALTER TABLE donations DROP COLUMN tip_cents, ALTER COLUMN form_id SET NOT NULL`,
      `ALTER TABLE forms DROP COLUMN platform_tip`,
      `CREATE OR REPLACE FUNCTION guard_donation() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF NEW.amount_cents <> OLD.amount_cents OR NEW.currency <> OLD.currency OR NEW.donor_id <> OLD.donor_id
              OR NEW.form_id <> OLD.form_id OR NEW.token <> OLD.token
              OR (OLD.state = 'paid' AND (NEW.state <> 'paid' OR NEW.paid_at <> OLD.paid_at)) THEN
             RAISE EXCEPTION 'past money is never edited' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'donations_past_money';
           END IF;
           RETURN NEW;
         END $$`,
    ]);
  }
}

async function changeGifts(runner: QueryRunner): Promise<void> {
  await run(runner, [
    `ALTER TABLE forms ADD COLUMN platform_tip boolean NOT NULL DEFAULT false`,
    // A cheque that comes by post came through no form.
    `ALTER TABLE donations
       ADD COLUMN tip_cents bigint NOT NULL DEFAULT 0 CONSTRAINT donations_tip_not_negative CHECK (tip_cents >= 0),
       ALTER COLUMN form_id DROP NOT NULL`,
    // And often from someone whose mail address nobody knows.
    `ALTER TABLE donors ALTER COLUMN email DROP NOT NULL`,
    // What may change is named; every other column, of today or later, is part of the past.
    `CREATE OR REPLACE FUNCTION guard_donation() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE
         may_change CONSTANT text[] := ARRAY['state', 'paid_at', 'donor_address_id', 'wants_receipt', 'message', 'display_name', 'locale'];
       BEGIN
         IF to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change
            OR (OLD.state = 'paid' AND (NEW.state <> 'paid' OR NEW.paid_at <> OLD.paid_at)) THEN
           RAISE EXCEPTION 'past money is never edited' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'donations_past_money';
         END IF;
         RETURN NEW;
       END $$`,
  ]);
}

async function createOffline(runner: QueryRunner): Promise<void> {
  await run(runner, [
    // Personal: cheque_number, bank_name, note. What a treasurer wrote down of a gift handed over, posted or transferred.
    `CREATE TABLE offline_donations (
       association_id uuid NOT NULL,
       donation_id uuid NOT NULL,
       means text NOT NULL CONSTRAINT offline_donations_means CHECK (means IN ('cheque', 'cash', 'transfer')),
       received_on date NOT NULL,
       cheque_number text,
       bank_name text,
       note text,
       entered_by text NOT NULL,
       entered_at timestamptz NOT NULL DEFAULT now(),
       CONSTRAINT offline_donations_pkey PRIMARY KEY (association_id, donation_id),
       CONSTRAINT offline_donations_donation_fkey FOREIGN KEY (association_id, donation_id) REFERENCES donations (association_id, id),
       CONSTRAINT offline_donations_number_of_cheque CHECK (cheque_number IS NULL OR means = 'cheque')
     )`,
    // One deposit slip: what the bank's statement shows as one line.
    `CREATE TABLE deposits (
       association_id uuid NOT NULL CONSTRAINT deposits_association_fkey REFERENCES associations (association_id),
       id uuid NOT NULL,
       means text NOT NULL CONSTRAINT deposits_means CHECK (means IN ('cheque', 'cash')),
       deposited_on date NOT NULL,
       reference text,
       entered_by text NOT NULL,
       entered_at timestamptz NOT NULL DEFAULT now(),
       CONSTRAINT deposits_pkey PRIMARY KEY (association_id, id)
     )`,
    `CREATE TABLE deposit_items (
       association_id uuid NOT NULL,
       donation_id uuid NOT NULL,
       deposit_id uuid NOT NULL,
       CONSTRAINT deposit_items_pkey PRIMARY KEY (association_id, donation_id),
       CONSTRAINT deposit_items_donation_fkey FOREIGN KEY (association_id, donation_id) REFERENCES offline_donations (association_id, donation_id),
       CONSTRAINT deposit_items_deposit_fkey FOREIGN KEY (association_id, deposit_id) REFERENCES deposits (association_id, id)
     )`,
    `CREATE INDEX deposit_items_deposit ON deposit_items (association_id, deposit_id)`,
    // What was entered wrong is undone once, by a counter-entry; the right gift is entered anew.
    `CREATE TABLE offline_corrections (
       association_id uuid NOT NULL,
       donation_id uuid NOT NULL,
       reason text NOT NULL,
       corrected_by text NOT NULL,
       corrected_at timestamptz NOT NULL DEFAULT now(),
       CONSTRAINT offline_corrections_pkey PRIMARY KEY (association_id, donation_id),
       CONSTRAINT offline_corrections_donation_fkey FOREIGN KEY (association_id, donation_id) REFERENCES offline_donations (association_id, donation_id)
     )`,
  ]);
  for (const table of ['offline_donations', 'deposits', 'deposit_items', 'offline_corrections']) {
    await protectTenantTable(runner, table, 'SELECT, INSERT');
    await makeAppendOnly(runner, table);
  }
}

async function createAlerts(runner: QueryRunner): Promise<void> {
  await run(runner, [
    `CREATE TABLE alerts (
       association_id uuid NOT NULL CONSTRAINT alerts_association_fkey REFERENCES associations (association_id),
       id uuid NOT NULL,
       kind text NOT NULL CONSTRAINT alerts_kind CHECK (kind IN (
         'donation_paid_twice', 'payment_mismatch', 'dispute_opened', 'refund_failed', 'payout_difference',
         'account_disconnected', 'charge_failed', 'mail_failed')),
       fact text NOT NULL,
       subject_type text NOT NULL,
       subject_id uuid NOT NULL,
       details jsonb NOT NULL DEFAULT '{}',
       raised_at timestamptz NOT NULL DEFAULT now(),
       resolved_at timestamptz,
       resolved_by text,
       resolution text,
       CONSTRAINT alerts_pkey PRIMARY KEY (association_id, id),
       CONSTRAINT alerts_fact_unique UNIQUE (association_id, fact),
       CONSTRAINT alerts_resolved_by_someone CHECK ((resolved_at IS NULL) = (resolved_by IS NULL))
     )`,
    `CREATE INDEX alerts_open ON alerts (association_id, id) WHERE resolved_at IS NULL`,
  ]);
  await protectTenantTable(runner, 'alerts', 'SELECT, INSERT, UPDATE');
}
