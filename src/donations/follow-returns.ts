import { Injectable } from '@nestjs/common';
import { RaiseAlert, SettleAlert } from '../alerts/index.js';
import { publicId } from '../kernel/ids.js';
import {
  DisputeMoved,
  RefundMoved,
  type DisputeMovedPayload,
  type RefundMovedPayload,
} from '../payments/index.js';
import { ListensTo, type EventListener } from '../platform/events/domain-events.js';
import { DonationsRepository } from './donations.repository.js';
import { PaidTwice } from './paid-twice.js';

const about = ({ paymentId, reference }: { paymentId: string; reference: string }) => ({
  payment: publicId('payment', paymentId),
  donation: publicId('donation', reference),
});

/** What a refund's move asks of a person; runs in the refund's own transaction. */
@Injectable()
@ListensTo(RefundMoved)
export class FollowRefund implements EventListener<RefundMovedPayload> {
  constructor(
    private readonly donations: DonationsRepository,
    private readonly paidTwice: PaidTwice,
    private readonly raiseAlert: RaiseAlert,
  ) {}

  async on(moved: RefundMovedPayload): Promise<void> {
    if (moved.to === 'settled') await this.paidTwice.lookAgain(await this.donations.get(moved.reference));
    if (moved.to === 'failed') {
      await this.raiseAlert.run({
        kind: 'refund_failed',
        subject: { type: 'refund', id: moved.refundId },
        details: about(moved),
      });
    }
  }
}

/** A chargeback is dealt with at the bank; here a person should know, until it is won. */
@Injectable()
@ListensTo(DisputeMoved)
export class FollowDispute implements EventListener<DisputeMovedPayload> {
  constructor(
    private readonly raiseAlert: RaiseAlert,
    private readonly settleAlert: SettleAlert,
  ) {}

  async on(moved: DisputeMovedPayload): Promise<void> {
    const alert = {
      kind: 'dispute_opened' as const,
      subject: { type: 'dispute' as const, id: moved.disputeId },
    };
    if (moved.to === 'won') await this.settleAlert.run(alert, 'The bank gave the money back.');
    else await this.raiseAlert.run({ ...alert, details: about(moved) });
  }
}
