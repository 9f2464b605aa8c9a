import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTenantTable, run } from './support.js';

/** Receipts that are cancelled and replaced when money goes back: the receipt itself stays as it was issued. */
export class ReceiptLife1764000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `ALTER TABLE receipts
         ADD COLUMN replaces_id uuid,
         DROP CONSTRAINT receipts_donation_unique,
         ADD CONSTRAINT receipts_of_donation UNIQUE (association_id, donation_id, id),
         ADD CONSTRAINT receipts_replaces_own_donation FOREIGN KEY (association_id, donation_id, replaces_id)
           REFERENCES receipts (association_id, donation_id, id),
         ADD CONSTRAINT receipts_replaced_once UNIQUE (association_id, replaces_id)`,
      `CREATE TABLE receipt_cancellations (
         association_id uuid NOT NULL,
         receipt_id uuid NOT NULL,
         code text NOT NULL CONSTRAINT receipt_cancellations_code
           CHECK (code IN ('refund', 'refund_failed', 'dispute', 'dispute_won', 'correction')),
         actor text NOT NULL,
         at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT receipt_cancellations_pkey PRIMARY KEY (association_id, receipt_id),
         CONSTRAINT receipt_cancellations_receipt_fkey FOREIGN KEY (association_id, receipt_id) REFERENCES receipts (association_id, id)
       )`,
      // Each move of a refund or dispute is dealt with once; this is what it made of the receipts.
      `CREATE TABLE receipt_revisions (
         association_id uuid NOT NULL,
         fact text NOT NULL,
         donation_id uuid NOT NULL,
         cancelled_id uuid,
         issued_id uuid,
         at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT receipt_revisions_pkey PRIMARY KEY (association_id, fact),
         CONSTRAINT receipt_revisions_donation_fkey FOREIGN KEY (association_id, donation_id) REFERENCES donations (association_id, id),
         CONSTRAINT receipt_revisions_cancelled_fkey FOREIGN KEY (association_id, cancelled_id)
           REFERENCES receipt_cancellations (association_id, receipt_id),
         CONSTRAINT receipt_revisions_issued_fkey FOREIGN KEY (association_id, issued_id) REFERENCES receipts (association_id, id)
       )`,
      // Kept by the triggers below alone: a gift has at most one receipt that is worth something.
      `CREATE TABLE living_receipts (
         association_id uuid NOT NULL,
         donation_id uuid NOT NULL,
         receipt_id uuid NOT NULL,
         CONSTRAINT living_receipts_pkey PRIMARY KEY (association_id, donation_id),
         CONSTRAINT living_receipts_receipt_unique UNIQUE (association_id, receipt_id),
         CONSTRAINT living_receipts_receipt_fkey FOREIGN KEY (association_id, donation_id, receipt_id)
           REFERENCES receipts (association_id, donation_id, id)
       )`,
      `INSERT INTO living_receipts (association_id, donation_id, receipt_id) SELECT association_id, donation_id, id FROM receipts`,
      `CREATE FUNCTION receipt_is_born() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
         BEGIN
           INSERT INTO living_receipts (association_id, donation_id, receipt_id) VALUES (NEW.association_id, NEW.donation_id, NEW.id);
           RETURN NULL;
         END $$`,
      `CREATE TRIGGER receipts_born AFTER INSERT ON receipts FOR EACH ROW EXECUTE FUNCTION receipt_is_born()`,
      `CREATE FUNCTION receipt_is_cancelled() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
         BEGIN
           DELETE FROM living_receipts WHERE association_id = NEW.association_id AND receipt_id = NEW.receipt_id;
           RETURN NULL;
         END $$`,
      `CREATE TRIGGER receipt_cancellations_end AFTER INSERT ON receipt_cancellations FOR EACH ROW EXECUTE FUNCTION receipt_is_cancelled()`,
    ]);
    for (const table of ['receipt_cancellations', 'receipt_revisions']) {
      await protectTenantTable(runner, table, 'SELECT, INSERT');
      await makeAppendOnly(runner, table);
    }
    await protectTenantTable(runner, 'living_receipts', 'SELECT');
  }

  /** What has been replaced cannot be told from what has not without these: then this fails, and loses nothing. */
  async down(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `ALTER TABLE receipts ADD CONSTRAINT receipts_donation_unique UNIQUE (association_id, donation_id)`,
      `DROP TRIGGER receipts_born ON receipts`,
      `DROP TABLE living_receipts, receipt_revisions, receipt_cancellations`,
      `DROP FUNCTION receipt_is_born(), receipt_is_cancelled()`,
      `ALTER TABLE receipts DROP CONSTRAINT receipts_replaces_own_donation, DROP CONSTRAINT receipts_of_donation,
         DROP COLUMN replaces_id`,
    ]);
  }
}
