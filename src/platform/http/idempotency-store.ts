import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';

export interface Claim {
  scope: string;
  key: string;
  requestHash: string;
}

export interface EarlierAnswer {
  status: number;
  body: unknown;
}

interface Row {
  requestHash: string;
  status: number | null;
  body: unknown;
}

/** A request that takes longer than this was killed: its key is free again. */
const RUNNING_FOR = `interval '2 minutes'`;

/** Answers are kept for 24 hours. A key belongs to a route or a caller, not to an association; each step is one statement. */
@Injectable()
export class IdempotencyStore {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * @returns the earlier answer, or undefined when the request may run
   * @throws DomainError `idempotency_key_reused`, `request_in_progress` (conflict)
   */
  async claim({ scope, key, requestHash }: Claim): Promise<EarlierAnswer | undefined> {
    const claimed = await this.uow.single(
      `INSERT INTO idempotency_records (scope, key, request_hash) VALUES ($1, $2, $3)
         ON CONFLICT (scope, key) DO UPDATE SET request_hash = $3, status = NULL, body = NULL, created_at = now()
          WHERE idempotency_records.created_at < now() - interval '24 hours'
             OR (idempotency_records.status IS NULL AND idempotency_records.created_at < now() - ${RUNNING_FOR})
         RETURNING key`,
      [scope, key, requestHash],
    );
    return claimed.length > 0 ? undefined : this.earlier({ scope, key, requestHash });
  }

  private async earlier({ scope, key, requestHash }: Claim): Promise<EarlierAnswer> {
    const [row] = await this.uow.single<Row>(
      `SELECT request_hash AS "requestHash", status, body FROM idempotency_records WHERE scope = $1 AND key = $2`,
      [scope, key],
    );
    if (row && row.requestHash !== requestHash) {
      throw new DomainError(
        'conflict',
        'idempotency_key_reused',
        'This Idempotency-Key was used with another request.',
      );
    }
    // No row: its first request failed meanwhile and gave the key back.
    if (!row || row.status === null) {
      throw new DomainError(
        'conflict',
        'request_in_progress',
        'The request with this Idempotency-Key is still running.',
      );
    }
    return { status: row.status, body: row.body };
  }

  async finish({ scope, key }: Claim, status: number, body: unknown): Promise<void> {
    await this.uow.single(
      `UPDATE idempotency_records SET status = $3, body = $4 WHERE scope = $1 AND key = $2`,
      [scope, key, status, JSON.stringify(body)],
    );
  }

  async release({ scope, key }: Claim): Promise<void> {
    await this.uow.single(
      `DELETE FROM idempotency_records WHERE scope = $1 AND key = $2 AND status IS NULL`,
      [scope, key],
    );
  }

  async deleteExpired(): Promise<number> {
    const gone = await this.uow.single(
      `DELETE FROM idempotency_records WHERE created_at < now() - interval '24 hours' RETURNING key`,
    );
    return gone.length;
  }
}
