import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../platform/http/pagination.js';
import { ApiKey } from './api-key.entity.js';

@Injectable()
export class ApiKeyQueries {
  constructor(private readonly uow: UnitOfWork) {}

  /** Revoked ones too: the journal names them. One row more than asked for. */
  page(query: PageQuery): Promise<ApiKey[]> {
    return this.uow.manager.find(ApiKey, {
      where: { associationId: this.uow.associationId, id: LessThan(beforeId(query)) },
      order: { id: 'DESC' },
      take: query.limit + 1,
    });
  }
}
