import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { newId, publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Role } from '../platform/http/access.js';
import { hashApiKey, newApiKeyToken } from './api-key-token.js';

const HINT_LENGTH = 4;

export interface NewApiKey {
  name: string;
  role: Role;
}

@Injectable()
export class CreateApiKey {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly journal: Journal,
  ) {}

  /** @returns the token, which nobody can read again, and the key's id */
  run(
    associationId: string,
    { name, role }: NewApiKey,
    actor: string,
  ): Promise<{ id: string; token: string }> {
    return this.uow.inTenant(associationId, async () => {
      const id = newId();
      const token = newApiKeyToken(associationId);
      await this.uow.execute(
        `INSERT INTO api_keys (association_id, id, name, role, token_hash, hint) VALUES ($1, $2, $3, $4, $5, $6)`,
        [associationId, id, name, role, hashApiKey(token), token.slice(-HINT_LENGTH)],
      );
      await this.journal.record({
        actor,
        action: 'api_key.created',
        subject: publicId('apiKey', id),
        details: { role },
      });
      return { id, token };
    });
  }
}
