import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** Money of gifts that went back before receipts followed it. */
const EARLIER = `
  SELECT back.association_id, p.reference AS donation_id, back.kind, back.id, back.state
    FROM (SELECT association_id, payment_id, 'refund' AS kind, id, state FROM payment_refunds WHERE state = 'settled'
          UNION ALL
          SELECT association_id, payment_id, 'dispute', id, 'opened' FROM payment_disputes WHERE state <> 'won') AS back
    JOIN payments p ON p.association_id = back.association_id AND p.id = back.payment_id`;

const HAS_RECEIPT = `EXISTS (SELECT FROM receipts r WHERE r.association_id = e.association_id AND r.donation_id = e.donation_id)`;

/**
 * Stages the jobs that were not staged then. A receipt that says too much is cancelled and replaced; a gift that was
 * refused one because a part had gone back gets it for the rest.
 */
export class ReceiptsOfEarlierReturns1764000011500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `INSERT INTO outbox (id, association_id, job, queue, payload)
       SELECT gen_random_uuid(), association_id, 'receipts.revise', 'money', jsonb_build_object(
                'associationId', association_id, 'donationId', donation_id,
                'fact', jsonb_build_object('kind', kind, 'id', id, 'to', state))
         FROM (${EARLIER}) AS e WHERE ${HAS_RECEIPT}`,
      `INSERT INTO outbox (id, association_id, job, queue, payload)
       SELECT gen_random_uuid(), association_id, 'receipts.issue', 'money',
              jsonb_build_object('associationId', association_id, 'donationId', donation_id)
         FROM (SELECT DISTINCT association_id, donation_id FROM (${EARLIER}) AS all_of_them) AS e WHERE NOT ${HAS_RECEIPT}`,
    ]);
  }

  /** The jobs may have run. */
  async down(): Promise<void> {}
}
