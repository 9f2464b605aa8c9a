import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ListensTo, type EventListener } from '../platform/events/domain-events.js';
import { Outbox } from '../platform/queue/outbox.js';
import { PaymentMoved, type PaymentMovedPayload } from './payments.events.js';
import { cancelAttemptJob } from './payments.jobs.js';

/** What is paid need not be paid again in another tab. */
@Injectable()
@ListensTo(PaymentMoved)
export class CancelRivals implements EventListener<PaymentMovedPayload> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  async on({ associationId, reference, to }: PaymentMovedPayload): Promise<void> {
    if (to !== 'paid') return;
    const rivals = await this.uow.query<{ paymentId: string }>(
      `SELECT id AS "paymentId" FROM payments
        WHERE association_id = $1 AND reference = $2 AND state IN ('open', 'pending') AND provider_id IS NOT NULL`,
      [associationId, reference],
    );
    for (const { paymentId } of rivals)
      await this.outbox.stage(cancelAttemptJob, { associationId, paymentId });
  }
}
