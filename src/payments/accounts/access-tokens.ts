import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { ProviderAnswer } from '../providers/payment-provider.js';
import type { MollieAccount } from './mollie-account.entity.js';
import { MollieAccountsRepository } from './mollie-accounts.repository.js';
import { RefreshAccess, disconnected, type Lease } from './refresh-access.js';
import { SealedFields } from './sealed-fields.js';
import { ShortMemory } from './short-memory.js';

/** A token is refreshed this long before it expires, so that none expires on its way. */
const MARGIN_MS = 60_000;
const PAUSE_MS = 100;
/** For another process's refresh; longer than its call takes as a rule. */
const PATIENCE_MS = 20_000;

type Step =
  | { is: 'usable'; token: string; forMs: number }
  | { is: 'ours'; lease: Lease }
  | { is: 'others' }
  | { is: 'over' };

/** The access token of a connected account: from memory, from the row, or refreshed. Outside any unit. */
@Injectable()
export class AccessTokens {
  private readonly memory = new ShortMemory<string>({ lifeMs: 0, size: 2_000 });
  private readonly running = new Map<string, Promise<ProviderAnswer<string>>>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: MollieAccountsRepository,
    private readonly sealed: SealedFields,
    private readonly refresh: RefreshAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param refused a token that Mollie has just answered with 401: it is not given again
   * @returns refused `payment_account_disconnected` when there will be none any more
   */
  async get(associationId: string, accountId: string, refused?: string): Promise<ProviderAnswer<string>> {
    const known = this.memory.get(accountId);
    if (known !== undefined && known !== refused) return { outcome: 'ok', value: known };
    const key = `${accountId} ${refused ?? ''}`;
    const running =
      this.running.get(key) ??
      this.obtain(associationId, accountId, refused).finally(() => this.running.delete(key));
    this.running.set(key, running);
    return running;
  }

  private async obtain(
    associationId: string,
    accountId: string,
    refused?: string,
  ): Promise<ProviderAnswer<string>> {
    for (
      const deadline = performance.now() + PATIENCE_MS;
      performance.now() < deadline;
      await sleep(PAUSE_MS)
    ) {
      const step = await this.uow.inTenant(associationId, () => this.next(accountId, refused));
      if (step.is === 'over') return disconnected();
      if (step.is === 'ours') return this.refreshed(step.lease);
      if (step.is === 'usable') {
        this.memory.set(accountId, step.token, step.forMs);
        return { outcome: 'ok', value: step.token };
      }
    }
    return {
      outcome: 'unknown',
      detail: 'another process is getting a new access token',
      retryAfterMs: PATIENCE_MS,
    };
  }

  private async next(accountId: string, refused: string | undefined): Promise<Step> {
    const account = await this.accounts.get(accountId);
    const usable = this.usableToken(account, refused);
    if (usable) return usable;
    if (account.state === 'revoked') return { is: 'over' };
    const lease = await this.refresh.takeLease(account);
    return lease === undefined ? { is: 'others' } : { is: 'ours', lease };
  }

  private usableToken(account: MollieAccount, refused: string | undefined): Step | undefined {
    if (account.sealedAccess === null || account.accessExpiresAt === null) return undefined;
    const forMs = account.accessExpiresAt.getTime() - this.clock.now().getTime() - MARGIN_MS;
    if (forMs <= 0) return undefined;
    const token = this.sealed.open(account, 'sealedAccess', account.sealedAccess);
    return token === refused ? undefined : { is: 'usable', token, forMs };
  }

  private async refreshed(lease: Lease): Promise<ProviderAnswer<string>> {
    const answer = await this.refresh.run(lease);
    if (answer.outcome !== 'ok') return answer;
    const { accessToken, expiresInMs } = answer.value;
    this.memory.set(lease.account.id, accessToken, expiresInMs - MARGIN_MS);
    return { outcome: 'ok', value: accessToken };
  }
}
