import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTenantTable, run } from './support.js';

/**
 * The double-entry book. An entry says how many lines it has, and each line carries that count in its foreign key:
 * positions 1 to n are all there is, so that a balanced entry has no room for a further line.
 */
export class Ledger1764000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `CREATE TABLE ledger_account_numbers (
         association_id uuid NOT NULL,
         account text NOT NULL,
         number text NOT NULL CONSTRAINT ledger_account_numbers_digits CHECK (number ~ '^[0-9]{3,12}$'),
         label text NOT NULL,
         updated_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT ledger_account_numbers_pkey PRIMARY KEY (association_id, account)
       )`,
      `CREATE TABLE ledger_entries (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         fact text NOT NULL CONSTRAINT ledger_entries_fact CHECK (fact IN (
           'gift_settled', 'provider_fee', 'tip', 'refund', 'refund_failed', 'dispute', 'dispute_won', 'payout',
           'payout_difference', 'offline_gift', 'offline_deposit', 'correction')),
         source_type text NOT NULL,
         source_id uuid NOT NULL,
         occurred_on date NOT NULL,
         label text NOT NULL,
         currency char(3) NOT NULL,
         line_count smallint NOT NULL CONSTRAINT ledger_entries_two_lines CHECK (line_count >= 2),
         posted_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT ledger_entries_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT ledger_entries_once UNIQUE (association_id, source_type, source_id, fact),
         CONSTRAINT ledger_entries_for_lines UNIQUE (association_id, id, line_count, currency)
       )`,
      `CREATE TABLE ledger_lines (
         association_id uuid NOT NULL,
         entry_id uuid NOT NULL,
         position smallint NOT NULL,
         line_count smallint NOT NULL,
         account text NOT NULL,
         account_number text NOT NULL,
         account_label text NOT NULL,
         debit_cents bigint NOT NULL,
         credit_cents bigint NOT NULL,
         currency char(3) NOT NULL,
         CONSTRAINT ledger_lines_pkey PRIMARY KEY (association_id, entry_id, position),
         CONSTRAINT ledger_lines_entry FOREIGN KEY (association_id, entry_id, line_count, currency)
           REFERENCES ledger_entries (association_id, id, line_count, currency),
         CONSTRAINT ledger_lines_position CHECK (position BETWEEN 1 AND line_count),
         CONSTRAINT ledger_lines_one_side CHECK (
           debit_cents >= 0 AND credit_cents >= 0 AND (debit_cents = 0) <> (credit_cents = 0))
       )`,
      `CREATE FUNCTION assert_ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
         DECLARE
           lines int;
           difference numeric;
         BEGIN
           SELECT count(*), COALESCE(sum(debit_cents - credit_cents), 0) INTO lines, difference
             FROM ledger_lines WHERE association_id = NEW.association_id AND entry_id = NEW.id;
           IF lines <> NEW.line_count OR difference <> 0 THEN
             RAISE EXCEPTION 'ledger entry % does not balance: % of % lines, debit - credit = % cents',
               NEW.id, lines, NEW.line_count, difference USING ERRCODE = 'integrity_constraint_violation';
           END IF;
           RETURN NULL;
         END $$`,
      `CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entries
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_ledger_entry_balances()`,
    ]);
    await protectTenantTable(runner, 'ledger_account_numbers', 'SELECT, INSERT, UPDATE');
    await protectTenantTable(runner, 'ledger_entries', 'SELECT, INSERT');
    await protectTenantTable(runner, 'ledger_lines', 'SELECT, INSERT');
    await makeAppendOnly(runner, 'ledger_entries');
    await makeAppendOnly(runner, 'ledger_lines');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ledger_lines, ledger_entries, ledger_account_numbers');
    await runner.query('DROP FUNCTION assert_ledger_entry_balances()');
  }
}
