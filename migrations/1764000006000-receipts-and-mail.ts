import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTenantTable, run } from './support.js';

export class ReceiptsAndMail1764000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      // One row per association and year: its lock orders the numbers, a rollback gives the number back.
      `CREATE TABLE receipt_counters (
         association_id uuid NOT NULL,
         year int NOT NULL,
         last_sequence int NOT NULL CONSTRAINT receipt_counters_positive CHECK (last_sequence > 0),
         CONSTRAINT receipt_counters_pkey PRIMARY KEY (association_id, year)
       )`,
      // Personal: snapshot. Frozen at issue; kept six years (LPF art. L102 E).
      `CREATE TABLE receipts (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         donation_id uuid NOT NULL,
         year int NOT NULL,
         sequence int NOT NULL CONSTRAINT receipts_sequence_positive CHECK (sequence > 0),
         number text NOT NULL,
         amount_cents bigint NOT NULL CONSTRAINT receipts_amount_positive CHECK (amount_cents > 0),
         currency char(3) NOT NULL,
         issued_on date NOT NULL,
         paid_on date NOT NULL,
         snapshot jsonb NOT NULL,
         pdf_file_id uuid,
         created_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT receipts_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT receipts_donation_unique UNIQUE (association_id, donation_id),
         CONSTRAINT receipts_sequence_unique UNIQUE (association_id, year, sequence),
         CONSTRAINT receipts_number_unique UNIQUE (association_id, number),
         CONSTRAINT receipts_donation_fkey FOREIGN KEY (association_id, donation_id) REFERENCES donations (association_id, id),
         CONSTRAINT receipts_pdf_fkey FOREIGN KEY (association_id, pdf_file_id) REFERENCES stored_files (association_id, id)
       )`,
      `CREATE FUNCTION guard_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF TG_OP = 'UPDATE' AND OLD.pdf_file_id IS NULL AND NEW.pdf_file_id IS NOT NULL
              AND to_jsonb(NEW) - 'pdf_file_id' = to_jsonb(OLD) - 'pdf_file_id' THEN
             RETURN NEW;
           END IF;
           RAISE EXCEPTION 'an issued receipt never changes' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'receipts_frozen';
         END $$`,
      `CREATE TRIGGER receipts_guard BEFORE UPDATE OR DELETE ON receipts FOR EACH ROW EXECUTE FUNCTION guard_receipt()`,
      // Personal: recipient, subject, html, body_text.
      `CREATE TABLE mail_deliveries (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         fact text NOT NULL,
         state text NOT NULL CONSTRAINT mail_deliveries_state CHECK (state IN ('queued', 'sent', 'failed')),
         recipient text NOT NULL,
         sender_name text NOT NULL,
         reply_to text NOT NULL,
         subject text NOT NULL,
         html text NOT NULL,
         body_text text NOT NULL,
         attachments jsonb NOT NULL DEFAULT '[]',
         last_error text,
         sent_at timestamptz,
         created_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT mail_deliveries_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT mail_deliveries_fact_unique UNIQUE (association_id, fact)
       )`,
    ]);
    await protectTenantTable(runner, 'receipt_counters', 'SELECT, INSERT, UPDATE');
    await protectTenantTable(runner, 'receipts', 'SELECT, INSERT, UPDATE');
    await protectTenantTable(runner, 'mail_deliveries', 'SELECT, INSERT, UPDATE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mail_deliveries, receipts, receipt_counters');
    await runner.query('DROP FUNCTION guard_receipt()');
  }
}
