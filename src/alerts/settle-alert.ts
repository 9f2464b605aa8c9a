import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { alertFact, type NewAlert } from './raise-alert.js';

/** The cause of an alert has gone: it resolves itself. */
@Injectable()
export class SettleAlert {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * In the running unit.
   * @param resolution what made it go, in words
   * @returns false when there is no such alert, or it is resolved already
   */
  async run(alert: Omit<NewAlert, 'details'>, resolution: string): Promise<boolean> {
    const settled = await this.uow.execute(
      `UPDATE alerts SET resolved_at = now(), resolved_by = 'system', resolution = $3
        WHERE association_id = $1 AND fact = $2 AND resolved_at IS NULL`,
      [this.uow.associationId, alertFact(alert), resolution],
    );
    return settled === 1;
  }
}
