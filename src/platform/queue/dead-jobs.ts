import type { UnitOfWork } from '../database/unit-of-work.js';

export interface DeadJob {
  id: string;
  associationId: string | null;
  job: string;
  attempts: number;
  diedAt: Date;
  lastError: string | null;
}

/** Work that was given up after its last attempt, and waits for a person. */
export class DeadJobs {
  constructor(private readonly uow: UnitOfWork) {}

  /** The latest first. */
  list(limit: number): Promise<DeadJob[]> {
    return this.uow.single(
      `SELECT id, association_id AS "associationId", job, attempts, died_at AS "diedAt", last_error AS "lastError"
         FROM outbox WHERE died_at IS NOT NULL ORDER BY died_at DESC LIMIT $1`,
      [limit],
    );
  }

  /**
   * Makes it due again, with all its attempts before it. Handlers do nothing twice, so reviving is always safe.
   * @param id of one, or null for every one
   * @returns how many came back to life
   */
  async revive(id: string | null): Promise<number> {
    const revived = await this.uow.single(
      `UPDATE outbox SET died_at = NULL, attempts = 0, run_at = now(), held_until = NULL
        WHERE died_at IS NOT NULL AND ($1::uuid IS NULL OR id = $1) RETURNING id`,
      [id],
    );
    return revived.length;
  }

  /** Lets it rest for good: what failed is known, and nobody will do it. @returns false when there is no such dead job */
  async forget(id: string): Promise<boolean> {
    const forgotten = await this.uow.single(
      'DELETE FROM outbox WHERE died_at IS NOT NULL AND id = $1 RETURNING id',
      [id],
    );
    return forgotten.length === 1;
  }
}
