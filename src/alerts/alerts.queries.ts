import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, Not } from 'typeorm';
import { DomainError } from '../kernel/domain-error.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../platform/http/pagination.js';
import { Alert } from './alert.entity.js';

export type AlertStatus = 'open' | 'resolved';

@Injectable()
export class AlertQueries {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `alert_not_found` */
  async get(id: string): Promise<Alert> {
    const alert = await this.rows.findOneBy({ associationId: this.uow.associationId, id });
    if (!alert) throw new DomainError('not_found', 'alert_not_found', 'There is no such alert.');
    return alert;
  }

  /** One row more than asked for. */
  page(query: PageQuery & { status?: AlertStatus | undefined }): Promise<Alert[]> {
    return this.rows.find({
      where: {
        associationId: this.uow.associationId,
        id: LessThan(beforeId(query)),
        ...(query.status && { resolvedAt: query.status === 'open' ? IsNull() : Not(IsNull()) }),
      },
      order: { id: 'DESC' },
      take: query.limit + 1,
    });
  }

  private get rows() {
    return this.uow.manager.getRepository(Alert);
  }
}
