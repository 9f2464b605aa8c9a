import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { JobPayload, QueueName } from './define-job.js';

export interface OutboxRow {
  id: string;
  associationId: string | null;
  job: string;
  payload: JobPayload;
  /** How often it was tried, this time included. */
  attempts: number;
}

const COLUMNS = `id, association_id AS "associationId", job, payload, attempts`;

/**
 * The dispatcher's view of the outbox, which serves every association. Each method is one statement. What is claimed
 * is gathered in an array first: as `IN (… LIMIT … SKIP LOCKED)` PostgreSQL may ask anew for each row, and take them all.
 */
@Injectable()
export class OutboxStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** Takes due work and holds it for `leaseMs`: if this process dies, it is due again after that. */
  claim(queue: QueueName, limit: number, leaseMs: number): Promise<OutboxRow[]> {
    return this.uow.single(
      `UPDATE outbox SET attempts = attempts + 1, held_until = now() + $2 * interval '1 millisecond'
          WHERE id = ANY (ARRAY(
            SELECT id FROM outbox
             WHERE queue = $3 AND died_at IS NULL AND run_at <= now() AND (held_until IS NULL OR held_until < now())
             ORDER BY run_at LIMIT $1 FOR UPDATE SKIP LOCKED))
          RETURNING ${COLUMNS}`,
      [limit, leaseMs, queue],
    );
  }

  /** Takes due rows for Bull. A row that Bull has lost (Redis emptied) is due again after `resendAfterMs`. */
  claimForRelay(
    limit: number,
    resendAfterMs: number,
  ): Promise<Array<{ id: string; queue: string; job: string }>> {
    return this.uow.single(
      `UPDATE outbox SET held_until = now() + $2 * interval '1 millisecond'
          WHERE id = ANY (ARRAY(
            SELECT id FROM outbox
             WHERE died_at IS NULL AND run_at <= now() AND (held_until IS NULL OR held_until < now())
             ORDER BY run_at LIMIT $1 FOR UPDATE SKIP LOCKED))
          RETURNING id, queue, job`,
      [limit, resendAfterMs],
    );
  }

  /** What Bull hands over is only an id. Undefined: done already, or given up. */
  async take(id: string, leaseMs: number): Promise<OutboxRow | undefined> {
    const rows = await this.uow.single<OutboxRow>(
      `UPDATE outbox SET attempts = attempts + 1, held_until = now() + $2 * interval '1 millisecond'
          WHERE id = $1 AND died_at IS NULL RETURNING ${COLUMNS}`,
      [id, leaseMs],
    );
    return rows[0];
  }

  /** A long job is still alive. */
  async extend(ids: string[], leaseMs: number): Promise<void> {
    await this.uow.single(
      `UPDATE outbox SET held_until = now() + $2 * interval '1 millisecond' WHERE id = ANY($1)`,
      [ids, leaseMs],
    );
  }

  async done(id: string): Promise<void> {
    await this.uow.single('DELETE FROM outbox WHERE id = $1', [id]);
  }

  async retryIn(id: string, delayMs: number, error: string): Promise<void> {
    await this.uow.single(
      `UPDATE outbox SET held_until = NULL, run_at = now() + $2 * interval '1 millisecond', last_error = $3 WHERE id = $1`,
      [id, delayMs, error],
    );
  }

  /** Kept, for a person to look at. */
  async bury(id: string, error: string): Promise<void> {
    await this.uow.single(
      'UPDATE outbox SET held_until = NULL, died_at = now(), last_error = $2 WHERE id = $1',
      [id, error],
    );
  }

  /** For the metrics: how much waits, how much was given up. */
  async depth(): Promise<{ waiting: number; dead: number }> {
    const [row] = await this.uow.single<{ waiting: string; dead: string }>(
      `SELECT count(*) FILTER (WHERE died_at IS NULL) AS waiting, count(*) FILTER (WHERE died_at IS NOT NULL) AS dead FROM outbox`,
    );
    return { waiting: Number(row?.waiting ?? 0), dead: Number(row?.dead ?? 0) };
  }
}
