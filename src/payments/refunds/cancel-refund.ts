import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { providerSilent } from '../payments.errors.js';
import { LockedRefunds, type LockedRefund } from './locked-refund.js';
import { RefundAnswers } from './refund-answers.js';
import type { Refund } from './refund.entity.js';
import { refundMachine } from './refund.state.js';
import { refundBeingSent, refundNotCancelable } from './refunds.errors.js';
import { RefundsRepository } from './refunds.repository.js';
import { RemoteRefunds } from './remote-refunds.js';

/** Takes a refund back while that is possible: before the provider was asked, or as long as it has not paid out. */
@Injectable()
export class CancelRefund {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly locked: LockedRefunds,
    private readonly refunds: RefundsRepository,
    private readonly answers: RefundAnswers,
    private readonly remote: RemoteRefunds,
  ) {}

  /**
   * Outside any transaction. The second time it does nothing.
   * @throws DomainError `refund_not_found`, `refund_transition_refused` (settled or failed), `refund_being_sent`,
   *   `refund_not_cancelable` (the provider said no), `payment_provider_unavailable` (try again)
   */
  async run(associationId: string, refundId: string, actor: string): Promise<Refund> {
    const sent = await this.uow.inTenant(associationId, () => this.cancelHere(refundId, actor));
    if (sent) await this.cancelThere(sent, actor);
    return this.uow.inTenant(associationId, () => this.refunds.get(refundId));
  }

  /** @returns what the provider must be asked for; undefined when it knows nothing of it */
  private async cancelHere(refundId: string, actor: string): Promise<LockedRefund | undefined> {
    const { payment, refund } = await this.locked.get(refundId);
    if (refund.state === 'cancelled') return undefined;
    refundMachine.assertMove(refund.state, 'cancelled');
    if (refund.state === 'sent') return { payment, refund };
    // Under this lock nobody begins to send it; if somebody has, the provider may have it or not.
    if (refund.sendingAt !== null) throw refundBeingSent();
    await this.answers.cancelled(payment.associationId, refundId, actor);
    return undefined;
  }

  private async cancelThere({ payment, refund }: LockedRefund, actor: string): Promise<void> {
    const answer = await this.remote.cancel(payment, refund);
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    if (answer.outcome === 'refused') throw refundNotCancelable(answer.detail);
    await this.answers.cancelled(payment.associationId, refund.id, actor);
  }
}
