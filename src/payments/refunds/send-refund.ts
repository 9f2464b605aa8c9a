import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { logger } from '../../platform/logging/logger.js';
import { providerSilent } from '../payments.errors.js';
import { LockedRefunds, type LockedRefund } from './locked-refund.js';
import { RefundAnswers } from './refund-answers.js';
import { RefundsRepository } from './refunds.repository.js';
import { RemoteRefunds } from './remote-refunds.js';

/** The provider forgets idempotency keys after an hour (docs.mollie.com, API idempotency). Asked later, it is looked at first. */
const KEY_IS_REMEMBERED_MS = 50 * 60_000;

/**
 * Asks the provider for a requested refund: written down that it is being asked, asked, answer written down. Whatever
 * dies in between, asking again makes no second refund: within the hour its id is the idempotency key, and later we
 * look first whether it was made.
 */
@Injectable()
export class SendRefund {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly locked: LockedRefunds,
    private readonly refunds: RefundsRepository,
    private readonly answers: RefundAnswers,
    private readonly remote: RemoteRefunds,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Outside any transaction. Does nothing when the refund is sent, or cancelled, already.
   * @throws DomainError `payment_provider_unavailable`, `payment_refused_by_provider`: it stays `requested`; try again
   */
  async run(associationId: string, refundId: string): Promise<void> {
    const asking = await this.uow.inTenant(associationId, () => this.beginAsking(refundId));
    if (!asking) return;
    if (asking.isForgotten) {
      if (await this.wasMade(asking)) return;
      await this.uow.inTenant(associationId, () => this.askAnew(refundId));
    }
    await this.ask(asking);
  }

  private async ask(asked: LockedRefund): Promise<void> {
    const { payment, refund } = asked;
    const answer = await this.remote.create(payment, refund);
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    if (answer.outcome === 'ok') {
      await this.answers.made(payment.associationId, refund.id, answer.value);
    } else if (!(await this.wasMade(asked))) {
      // A "no" may be the answer to a second asking for what the first one made; this one is not.
      logger.error({ refundId: refund.id, code: answer.code }, 'the provider refused a refund');
      await this.answers.refused(payment.associationId, refund.id, `${answer.code}: ${answer.detail}`);
    }
  }

  private async wasMade({ payment, refund }: LockedRefund): Promise<boolean> {
    const found = await this.remote.find(payment, refund);
    if (found) await this.answers.made(payment.associationId, refund.id, found);
    return found !== undefined;
  }

  private async beginAsking(
    refundId: string,
  ): Promise<(LockedRefund & { isForgotten: boolean }) | undefined> {
    const { payment, refund } = await this.locked.get(refundId);
    if (refund.state !== 'requested') return undefined;
    const now = this.clock.now();
    const first = refund.sendingAt ?? now;
    if (refund.sendingAt === null) await this.refunds.update(refund, { sendingAt: now });
    return { payment, refund, isForgotten: now.getTime() - first.getTime() > KEY_IS_REMEMBERED_MS };
  }

  /** The key is as good as new: from now on it is remembered for an hour again. */
  private async askAnew(refundId: string): Promise<void> {
    const { refund } = await this.locked.get(refundId);
    await this.refunds.update(refund, { sendingAt: this.clock.now() });
  }
}
