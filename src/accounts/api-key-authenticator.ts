import { Inject, Injectable } from '@nestjs/common';
import { legalDate, type Clock } from '../kernel/clock.js';
import { publicId } from '../kernel/ids.js';
import { CLOCK } from '../platform/clock.token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Authenticator, type Caller, type Role } from '../platform/http/access.js';
import { apiKeyAssociation, hashApiKey } from './api-key-token.js';

/** Looks the hash up, so no comparison of secrets takes place whose time could tell something. */
@Injectable()
export class ApiKeyAuthenticator extends Authenticator {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async authenticate(token: string): Promise<Caller | undefined> {
    const associationId = apiKeyAssociation(token);
    if (!associationId) return undefined;
    return this.uow.inTenant(associationId, async () => {
      const [key] = await this.uow.query<{ id: string; role: Role; lastUsedOn: string | null }>(
        `SELECT id, role, last_used_on::text AS "lastUsedOn" FROM api_keys
          WHERE association_id = $1 AND token_hash = $2 AND revoked_at IS NULL`,
        [associationId, hashApiKey(token)],
      );
      if (!key) return undefined;
      await this.noteUse(associationId, key);
      return { associationId, role: key.role, actor: `key:${publicId('apiKey', key.id)}` };
    });
  }

  /** Once a day is enough to see which keys are idle. */
  private async noteUse(
    associationId: string,
    key: { id: string; lastUsedOn: string | null },
  ): Promise<void> {
    const today = legalDate(this.clock.now());
    if (key.lastUsedOn === today) return;
    await this.uow.execute(`UPDATE api_keys SET last_used_on = $3 WHERE association_id = $1 AND id = $2`, [
      associationId,
      key.id,
      today,
    ]);
  }
}
