import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { syncPaymentJob } from './payments.jobs.js';
import { SyncPayment, type SyncTarget } from './sync-payment.js';

@Injectable()
@HandlesJob(syncPaymentJob)
export class SyncPaymentHandler implements JobHandler<{
  associationId: string;
  paymentId: string;
  claimedProviderId: string | null;
}> {
  constructor(private readonly syncPayment: SyncPayment) {}

  async run(target: SyncTarget): Promise<void> {
    await this.syncPayment.run(target);
  }
}
