import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { DomainEvents } from '../../platform/events/domain-events.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { PaymentReturns } from '../payment-returns.js';
import type { Payment } from '../payment.entity.js';
import { RefundMoved } from '../payments.events.js';
import type { Refund } from './refund.entity.js';
import { refundMachine, type RefundState } from './refund.state.js';
import { PaymentsRepository } from '../payments.repository.js';
import { sendRefundJob } from './refunds.jobs.js';
import { RefundsRepository, type NewRefund } from './refunds.repository.js';

const DAY_MS = 86_400_000;

/** Longer than the job's own patience. */
export const SEND_AGAIN_AFTER_MS = 6 * 3_600_000;

/** The only place where a refund comes into being or changes its state. */
@Injectable()
export class MoveRefund {
  constructor(
    private readonly payments: PaymentsRepository,
    private readonly refunds: RefundsRepository,
    private readonly returns: PaymentReturns,
    private readonly events: DomainEvents,
    private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A refund is first heard of, in whatever state it is in. One that is requested is sent by a job.
   * @param payment locked by the caller in the running unit: its lock covers its refunds
   */
  async begin(payment: Payment, refund: NewRefund): Promise<Refund> {
    const { associationId } = payment;
    const now = this.clock.now();
    const createdAt = refund.createdAt ?? now;
    const isRequested = refund.state === 'requested';
    const row = await this.refunds.insert({
      ...refund,
      createdAt,
      settledAt: refund.state === 'settled' ? createdAt : null,
      sendAgainAt: isRequested ? new Date(now.getTime() + SEND_AGAIN_AFTER_MS) : null,
    });
    if (isRequested) await this.outbox.stage(sendRefundJob, { associationId, refundId: row.id });
    await this.follow(payment, row, null);
    return row;
  }

  /**
   * @param payment locked by the caller in the running unit: its lock covers its refunds
   * @param facts what is learned together with the move; written in the same statement
   * @returns false when the refund was there already
   * @throws DomainError `refund_transition_refused`
   */
  async run(
    payment: Payment,
    refund: Refund,
    to: RefundState,
    facts: Partial<Refund> = {},
  ): Promise<boolean> {
    const from = refund.state;
    if (from === to) {
      if (Object.keys(facts).length > 0) await this.refunds.update(refund, facts);
      return false;
    }
    refundMachine.assertMove(from, to);
    const settledAt = to === 'settled' ? this.clock.now() : refund.settledAt;
    await this.refunds.move(refund, { ...facts, state: to, settledAt, sendAgainAt: null });
    await this.follow(payment, refund, from);
    return true;
  }

  private async follow(payment: Payment, refund: Refund, from: RefundState | null): Promise<void> {
    if (refund.state === 'requested' || refund.state === 'sent')
      await this.payments.lookBy(payment, new Date(this.clock.now().getTime() + DAY_MS));
    const money = { type: 'refund' as const, id: refund.id, amount: refund.amount };
    if (refund.state === 'settled') await this.returns.went(payment, money, refund.settledAt!);
    if (from === 'settled') await this.returns.cameBack(money, this.clock.now());
    await this.events.publish(RefundMoved, {
      associationId: payment.associationId,
      refundId: refund.id,
      paymentId: payment.id,
      reference: payment.reference,
      from,
      to: refund.state,
    });
  }
}
