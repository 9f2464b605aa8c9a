import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTenantTable, run } from './support.js';

/** What the provider paid out to the bank, and what it says that it was made of. */
export class Payouts1764000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      // explained_cents: what our own books know of its parts. What they do not explain is the difference, never hidden.
      `CREATE TABLE payouts (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         account_id uuid NOT NULL,
         provider_settlement_id text NOT NULL,
         reference text,
         amount_cents bigint NOT NULL,
         costs_cents bigint NOT NULL,
         explained_cents bigint NOT NULL,
         difference_cents bigint NOT NULL,
         currency char(3) NOT NULL,
         settled_on date NOT NULL,
         imported_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT payouts_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT payouts_settlement_unique UNIQUE (association_id, provider_settlement_id),
         CONSTRAINT payouts_account_fkey FOREIGN KEY (association_id, account_id) REFERENCES provider_accounts (association_id, id),
         CONSTRAINT payouts_difference CHECK (difference_cents = amount_cents + costs_cents - explained_cents)
       )`,
      // amount_cents: what it moved, as the provider tells it; explained_cents: what our books know of that.
      `CREATE TABLE payout_parts (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         payout_id uuid NOT NULL,
         kind text NOT NULL CONSTRAINT payout_parts_kind CHECK (kind IN ('payment', 'refund', 'dispute')),
         provider_id text NOT NULL,
         row_id uuid,
         payment_id uuid,
         amount_cents bigint NOT NULL,
         explained_cents bigint NOT NULL,
         currency char(3) NOT NULL,
         fault text CONSTRAINT payout_parts_fault CHECK (fault IN ('unknown', 'amount', 'state')),
         CONSTRAINT payout_parts_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT payout_parts_once UNIQUE (association_id, payout_id, kind, provider_id),
         CONSTRAINT payout_parts_payout_fkey FOREIGN KEY (association_id, payout_id) REFERENCES payouts (association_id, id),
         CONSTRAINT payout_parts_payment_fkey FOREIGN KEY (association_id, payment_id) REFERENCES payments (association_id, id),
         CONSTRAINT payout_parts_unknown_has_no_row CHECK ((row_id IS NULL) = (fault IS NOT DISTINCT FROM 'unknown'))
       )`,
      `CREATE INDEX payout_parts_payment ON payout_parts (association_id, payment_id)`,
    ]);
    for (const table of ['payouts', 'payout_parts']) {
      await protectTenantTable(runner, table, 'SELECT, INSERT');
      await makeAppendOnly(runner, table);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE payout_parts, payouts');
  }
}
