import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../../platform/events/domain-events.js';
import { PaymentReturns } from '../payment-returns.js';
import type { Payment } from '../payment.entity.js';
import { DisputeMoved } from '../payments.events.js';
import type { Dispute } from './dispute.entity.js';
import { disputeMachine, type DisputeState } from './dispute.state.js';
import { DisputesRepository, type NewDispute } from './disputes.repository.js';

/** The only place where a dispute comes into being or changes its state. */
@Injectable()
export class MoveDispute {
  constructor(
    private readonly disputes: DisputesRepository,
    private readonly returns: PaymentReturns,
    private readonly events: DomainEvents,
  ) {}

  /** A chargeback is first heard of. @param payment locked by the caller: its lock covers its disputes */
  async begin(payment: Payment, chargeback: Omit<NewDispute, 'state'>): Promise<Dispute> {
    const dispute = await this.disputes.insert({ ...chargeback, state: 'opened' });
    await this.returns.went(payment, moneyOf(dispute), dispute.createdAt);
    await this.publish(payment, dispute, null);
    return dispute;
  }

  /**
   * @param payment locked by the caller in the running unit: its lock covers its disputes
   * @param reversedAt when the bank gave the money back; null for `lost`
   * @returns false when the dispute was there already
   * @throws DomainError `dispute_transition_refused`
   */
  async run(payment: Payment, dispute: Dispute, to: DisputeState, reversedAt: Date | null): Promise<boolean> {
    const from = dispute.state;
    if (from === to) return false;
    disputeMachine.assertMove(from, to);
    await this.disputes.move(dispute, { state: to, reversedAt });
    if (reversedAt) await this.returns.cameBack(moneyOf(dispute), reversedAt);
    await this.publish(payment, dispute, from);
    return true;
  }

  private async publish(payment: Payment, dispute: Dispute, from: DisputeState | null): Promise<void> {
    await this.events.publish(DisputeMoved, {
      associationId: payment.associationId,
      disputeId: dispute.id,
      paymentId: payment.id,
      reference: payment.reference,
      from,
      to: dispute.state,
    });
  }
}

function moneyOf({ id, amount }: Dispute) {
  return { type: 'dispute' as const, id, amount };
}
