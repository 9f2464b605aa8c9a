import { Injectable } from '@nestjs/common';
import { DonationPaid } from '../donations/index.js';
import { ListensTo, type EventListener } from '../platform/events/domain-events.js';
import { Outbox } from '../platform/queue/outbox.js';
import { issueReceiptJob } from './receipts.jobs.js';

/** A paid gift is looked at for its receipt, and thanked for. Staged with the payment itself: neither can be lost. */
@Injectable()
@ListensTo(DonationPaid)
export class OnDonationPaid implements EventListener<{ associationId: string; donationId: string }> {
  constructor(private readonly outbox: Outbox) {}

  async on(paid: { associationId: string; donationId: string }): Promise<void> {
    await this.outbox.stage(issueReceiptJob, paid);
  }
}
