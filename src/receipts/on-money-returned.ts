import { Injectable } from '@nestjs/common';
import {
  DisputeMoved,
  RefundMoved,
  type DisputeMovedPayload,
  type RefundMovedPayload,
} from '../payments/index.js';
import { ListensTo, type EventListener } from '../platform/events/domain-events.js';
import { Outbox } from '../platform/queue/outbox.js';
import { reviseReceiptJob } from './receipts.jobs.js';

/** A refund that has gone, or will not go: staged with its move, so that no receipt stays wrong. */
@Injectable()
@ListensTo(RefundMoved)
export class OnRefundMoved implements EventListener<RefundMovedPayload> {
  constructor(private readonly outbox: Outbox) {}

  async on({ associationId, reference: donationId, refundId: id, to }: RefundMovedPayload): Promise<void> {
    if (to === 'requested' || to === 'sent') return;
    await this.outbox.stage(reviseReceiptJob, {
      associationId,
      donationId,
      fact: { kind: 'refund', id, to },
    });
  }
}

@Injectable()
@ListensTo(DisputeMoved)
export class OnDisputeMoved implements EventListener<DisputeMovedPayload> {
  constructor(private readonly outbox: Outbox) {}

  async on({ associationId, reference: donationId, disputeId: id, to }: DisputeMovedPayload): Promise<void> {
    await this.outbox.stage(reviseReceiptJob, {
      associationId,
      donationId,
      fact: { kind: 'dispute', id, to },
    });
  }
}
