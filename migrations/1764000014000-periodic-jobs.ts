import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grant } from './support.js';

/** When each job that comes again and again was staged last: a restart does not put it off, two processes do not double it. */
export class PeriodicJobs1764000014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE periodic_jobs (
         job text CONSTRAINT periodic_jobs_pkey PRIMARY KEY,
         every_ms bigint NOT NULL CONSTRAINT periodic_jobs_positive CHECK (every_ms > 0),
         staged_at timestamptz NOT NULL
       )`,
    );
    await grant(runner, 'periodic_jobs', 'SELECT, INSERT, UPDATE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE periodic_jobs');
  }
}
