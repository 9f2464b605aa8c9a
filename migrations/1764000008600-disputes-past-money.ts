import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** What a bank took, and what it gave back, is never edited. */
export class DisputesPastMoney1764000008600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `CREATE FUNCTION guard_payment_dispute() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
           IF NEW.amount_cents <> OLD.amount_cents OR NEW.currency <> OLD.currency OR NEW.payment_id <> OLD.payment_id
              OR NEW.provider_chargeback_id <> OLD.provider_chargeback_id
              OR (OLD.reversed_at IS NOT NULL AND NEW.reversed_at IS DISTINCT FROM OLD.reversed_at)
              OR (OLD.state = 'won' AND NEW.state <> 'won') THEN
             RAISE EXCEPTION 'past money is never edited' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payment_disputes_past_money';
           END IF;
           RETURN NEW;
         END $$`,
      `CREATE TRIGGER payment_disputes_guard BEFORE UPDATE ON payment_disputes FOR EACH ROW EXECUTE FUNCTION guard_payment_dispute()`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `DROP TRIGGER payment_disputes_guard ON payment_disputes`,
      `DROP FUNCTION guard_payment_dispute()`,
    ]);
  }
}
