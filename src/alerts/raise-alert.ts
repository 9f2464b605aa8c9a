import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { AlertKind, AlertSubject } from './alert-kinds.js';

export interface NewAlert {
  kind: AlertKind;
  subject: AlertSubject;
  /** Public ids, amounts, codes; never personal data. */
  details?: Record<string, unknown>;
  /** Tells apart what may happen to one subject more than once. */
  occasion?: string;
}

/** Which alert a fact is, for raising it and for settling it. */
export function alertFact({ kind, subject, occasion }: NewAlert): string {
  return [kind, subject.id, occasion].filter(Boolean).join(':');
}

@Injectable()
export class RaiseAlert {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * In the running unit, with what it is about.
   * @returns false when this fact was raised before, be it resolved or not
   */
  async run(alert: NewAlert): Promise<boolean> {
    const { kind, subject, details = {} } = alert;
    const raised = await this.uow.execute(
      `INSERT INTO alerts (association_id, id, kind, fact, subject_type, subject_id, details) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT ON CONSTRAINT alerts_fact_unique DO NOTHING`,
      [
        this.uow.associationId,
        newId(),
        kind,
        alertFact(alert),
        subject.type,
        subject.id,
        JSON.stringify(details),
      ],
    );
    return raised === 1;
  }
}
