import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { DomainError } from '../kernel/domain-error.js';
import { publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ApiKey } from './api-key.entity.js';

@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly journal: Journal,
  ) {}

  /** Revoking twice is revoking once. @throws DomainError `api_key_not_found`, `last_owner_key` */
  run(associationId: string, id: string, actor: string): Promise<void> {
    return this.uow.inTenant(associationId, async () => {
      // All keys are held, so that two owners cannot revoke each other at the same moment.
      const keys = await this.uow.manager.find(ApiKey, {
        where: { associationId },
        lock: { mode: 'pessimistic_write' },
      });
      const key = keys.find((candidate) => candidate.id === id);
      if (!key) throw new DomainError('not_found', 'api_key_not_found', 'There is no such key.');
      if (key.revokedAt) return;
      const owners = keys.filter(({ role, revokedAt }) => role === 'owner' && revokedAt === null);
      if (key.role === 'owner' && owners.length === 1) {
        throw new DomainError(
          'conflict',
          'last_owner_key',
          'This is the last owner key: make another one first.',
        );
      }
      await this.uow.execute(`UPDATE api_keys SET revoked_at = now() WHERE association_id = $1 AND id = $2`, [
        associationId,
        id,
      ]);
      await this.journal.record({ actor, action: 'api_key.revoked', subject: publicId('apiKey', id) });
    });
  }
}
