import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';

export interface JournalEntry {
  /** `key:<id>`, `cli`, or `system`. */
  actor: string;
  /** Dotted, past tense: `association.changed`. */
  action: string;
  /** The public id of what it happened to. */
  subject: string;
  /** What changed: ids, states, names of fields; never personal data. */
  details?: Record<string, unknown>;
}

/** Who did what, append-only, in the transaction of what was done. */
@Injectable()
export class Journal {
  constructor(private readonly uow: UnitOfWork) {}

  async record({ actor, action, subject, details = {} }: JournalEntry): Promise<void> {
    await this.uow.execute(
      `INSERT INTO journal_entries (association_id, id, actor, action, subject, details) VALUES ($1, $2, $3, $4, $5, $6)`,
      [this.uow.associationId, newId(), actor, action, subject, JSON.stringify(details)],
    );
  }
}
