import type { MigrationInterface, QueryRunner } from 'typeorm';
import { run } from './support.js';

/** What sending a refund must remember, so that it is sent once whatever dies in between. */
export class SendingRefunds1764000008500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `ALTER TABLE payment_refunds
         ADD COLUMN request_key text,
         ADD COLUMN sending_at timestamptz,
         ADD COLUMN send_again_at timestamptz,
         ADD COLUMN failure_reason text,
         ADD CONSTRAINT payment_refunds_request_unique UNIQUE (association_id, request_key)`,
      `CREATE INDEX payment_refunds_to_send ON payment_refunds (send_again_at) WHERE state = 'requested'`,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await run(runner, [
      `DROP INDEX payment_refunds_to_send`,
      `ALTER TABLE payment_refunds DROP CONSTRAINT payment_refunds_request_unique,
         DROP COLUMN request_key, DROP COLUMN sending_at, DROP COLUMN send_again_at, DROP COLUMN failure_reason`,
    ]);
  }
}
