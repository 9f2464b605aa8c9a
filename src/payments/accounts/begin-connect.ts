import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { newScopedToken } from '../../kernel/scoped-token.js';
import { CLOCK } from '../../platform/clock.token.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { ProviderMode } from '../providers/payment-provider.js';
import { connectUnavailable } from './accounts.errors.js';
import { CONNECT_SCOPES } from './connect-scopes.js';
import { redirectUri } from './redirect-uri.js';

const LIFE_MS = 15 * 60_000;

/** Sends an owner to Mollie, to consent. */
@Injectable()
export class BeginConnect {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns where to go; works once, for 15 minutes. @throws DomainError `mollie_connect_unavailable` */
  async run(associationId: string, mode: ProviderMode, actor: string): Promise<string> {
    const { app } = this.config.mollie;
    if (!app) throw connectUnavailable();
    const state = newScopedToken(associationId);
    const now = this.clock.now();
    await this.uow.inTenant(associationId, async () => {
      await this.uow.execute(`DELETE FROM provider_consents WHERE association_id = $1 AND expires_at < $2`, [
        associationId,
        now,
      ]);
      await this.uow.execute(
        `INSERT INTO provider_consents (association_id, id, token_hash, mode, actor, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
        [associationId, newId(), hashState(state), mode, actor, new Date(now.getTime() + LIFE_MS)],
      );
    });
    const url = new URL(app.authorizeUrl);
    const query = {
      client_id: app.clientId,
      redirect_uri: redirectUri(this.config),
      state,
      scope: CONNECT_SCOPES.join(' '),
      response_type: 'code',
      approval_prompt: 'auto',
      locale: 'fr_FR',
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }
}

/** A fast hash is right here: 192 random bits cannot be guessed. */
export function hashState(state: string): Buffer {
  return createHash('sha256').update(state).digest();
}
