import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { JobDefinition, JobPayload } from './define-job.js';
import { OutboxBell } from './outbox-bell.js';

/**
 * The only way to ask for later work: a row in the running transaction. The row is the truth;
 * whether Bull or this process's own runner carries it out is a question of transport.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bell: OutboxBell,
  ) {}

  /** @param delayMs earliest start, counted from now */
  async stage<P extends JobPayload>(job: JobDefinition<P>, payload: P, delayMs = 0): Promise<void> {
    await this.uow.query(
      `INSERT INTO outbox (id, association_id, job, queue, payload, run_at)
       VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond')`,
      [newId(), this.uow.tenantOrNull, job.name, job.queue, JSON.stringify(payload), delayMs],
    );
    if (delayMs === 0) this.uow.afterCommit(() => this.bell.ring());
  }

  /** The same job for many at once, of several associations, in one statement. */
  async stageMany<P extends JobPayload & { associationId: string }>(
    job: JobDefinition<P>,
    payloads: P[],
  ): Promise<void> {
    if (payloads.length === 0) return;
    await this.uow.query(
      `INSERT INTO outbox (id, association_id, job, queue, payload)
       SELECT id, association_id, $1, $2, payload
         FROM unnest($3::uuid[], $4::uuid[], $5::jsonb[]) AS staged (id, association_id, payload)`,
      [
        job.name,
        job.queue,
        payloads.map(() => newId()),
        payloads.map(({ associationId }) => associationId),
        payloads.map((payload) => JSON.stringify(payload)),
      ],
    );
    this.uow.afterCommit(() => this.bell.ring());
  }
}
