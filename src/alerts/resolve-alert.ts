import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Alert } from './alert.entity.js';
import { AlertQueries } from './alerts.queries.js';

@Injectable()
export class ResolveAlert {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly alerts: AlertQueries,
    private readonly journal: Journal,
  ) {}

  /** A person says that it is dealt with; the second time it does nothing. @throws DomainError `alert_not_found` */
  run(associationId: string, id: string, note: string, actor: string): Promise<Alert> {
    return this.uow.inTenant(associationId, async () => {
      const resolved = await this.uow.execute(
        `UPDATE alerts SET resolved_at = now(), resolved_by = $3, resolution = $4
          WHERE association_id = $1 AND id = $2 AND resolved_at IS NULL`,
        [associationId, id, actor, note],
      );
      const alert = await this.alerts.get(id);
      if (resolved === 1)
        await this.journal.record({
          actor,
          action: 'alert.resolved',
          subject: publicId('alert', id),
          details: { kind: alert.kind },
        });
      return alert;
    });
  }
}
