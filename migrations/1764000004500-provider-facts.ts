import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeAppendOnly, protectTenantTable, run } from './support.js';

/** What a provider tells of a payment: its calls, refunds, chargebacks, and what did not fit. */
export class ProviderFacts1764000004500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      // Every call of a provider, as it came. The body is only a hint.
      `CREATE TABLE provider_events (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         payment_id uuid NOT NULL,
         claimed_provider_id text NOT NULL,
         received_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT provider_events_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT provider_events_payment_fkey FOREIGN KEY (association_id, payment_id) REFERENCES payments (association_id, id)
       )`,
      `CREATE INDEX provider_events_payment ON provider_events (association_id, payment_id)`,
      // What was refused and why: another gift's payment, a wrong amount or mode. A person looks at these.
      `CREATE TABLE payment_mismatches (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         payment_id uuid NOT NULL,
         claimed_provider_id text NOT NULL,
         faults jsonb NOT NULL,
         at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT payment_mismatches_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT payment_mismatches_payment_fkey FOREIGN KEY (association_id, payment_id) REFERENCES payments (association_id, id),
         CONSTRAINT payment_mismatches_once UNIQUE (association_id, payment_id, claimed_provider_id, faults)
       )`,
      `CREATE TABLE payment_refunds (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         payment_id uuid NOT NULL,
         provider_refund_id text NOT NULL,
         status text NOT NULL CONSTRAINT payment_refunds_status
           CHECK (status IN ('queued', 'pending', 'processing', 'refunded', 'failed', 'canceled', 'unrecognised')),
         amount_cents bigint NOT NULL CONSTRAINT payment_refunds_amount_positive CHECK (amount_cents > 0),
         currency char(3) NOT NULL,
         created_at timestamptz NOT NULL,
         seen_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT payment_refunds_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT payment_refunds_payment_fkey FOREIGN KEY (association_id, payment_id) REFERENCES payments (association_id, id),
         CONSTRAINT payment_refunds_provider_unique UNIQUE (association_id, payment_id, provider_refund_id)
       )`,
      `CREATE TABLE payment_chargebacks (
         association_id uuid NOT NULL,
         id uuid NOT NULL,
         payment_id uuid NOT NULL,
         provider_chargeback_id text NOT NULL,
         amount_cents bigint NOT NULL CONSTRAINT payment_chargebacks_amount_positive CHECK (amount_cents > 0),
         currency char(3) NOT NULL,
         reason text,
         created_at timestamptz NOT NULL,
         reversed_at timestamptz,
         seen_at timestamptz NOT NULL DEFAULT now(),
         CONSTRAINT payment_chargebacks_pkey PRIMARY KEY (association_id, id),
         CONSTRAINT payment_chargebacks_payment_fkey FOREIGN KEY (association_id, payment_id) REFERENCES payments (association_id, id),
         CONSTRAINT payment_chargebacks_provider_unique UNIQUE (association_id, payment_id, provider_chargeback_id)
       )`,
    ]);
    for (const table of ['provider_events', 'payment_mismatches']) {
      await protectTenantTable(runner, table, 'SELECT, INSERT');
      await makeAppendOnly(runner, table);
    }
    await protectTenantTable(runner, 'payment_refunds', 'SELECT, INSERT, UPDATE');
    await protectTenantTable(runner, 'payment_chargebacks', 'SELECT, INSERT, UPDATE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE payment_chargebacks, payment_refunds, payment_mismatches, provider_events',
    );
  }
}
