import { Injectable } from '@nestjs/common';
import { logger } from '../platform/logging/logger.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { isMissingAccount } from './accounts/accounts.errors.js';
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

  /** A payment of a disconnected account is out of reach until it is connected again: looked for once a day, and logged. */
  async run(target: SyncTarget): Promise<void> {
    try {
      await this.syncPayment.run(target);
    } catch (error) {
      if (!isMissingAccount(error)) throw error;
      logger.warn({ paymentId: target.paymentId, err: error }, 'a payment is out of reach');
      await this.syncPayment.postpone(target);
    }
  }
}
