import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { cancelAttemptJob } from './payments.jobs.js';
import { PaymentsRepository } from './payments.repository.js';
import { RemotePayments } from './remote-payments.js';
import { SyncPayment } from './sync-payment.js';

type Target = { associationId: string; paymentId: string };

/** Ends an attempt that nobody should pay any more, if the provider lets it be ended: no checkout page stays open for a gift that is paid. */
@Injectable()
@HandlesJob(cancelAttemptJob)
export class CancelAttempt implements JobHandler<Target> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly remote: RemotePayments,
    private readonly syncPayment: SyncPayment,
  ) {}

  /** @throws DomainError `payment_provider_unavailable`, `payment_refused_by_provider` */
  async run({ associationId, paymentId }: Target): Promise<void> {
    const payment = await this.uow.inTenant(associationId, () => this.payments.get(paymentId));
    if (payment.state !== 'open' && payment.state !== 'pending') return;
    await this.remote.cancel(payment);
    // It may just as well have been paid meanwhile: then somebody must hear of it.
    await this.syncPayment.run({ associationId, paymentId });
  }
}
