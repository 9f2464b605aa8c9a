import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { DomainError } from '../../kernel/domain-error.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { MovePayment } from '../move-payment.js';
import { PaymentsRepository } from '../payments.repository.js';
import { RemotePayments } from '../remote-payments.js';
import { StartPayment } from '../start-payment.js';
import { finishChargeJob } from './mandates.jobs.js';

type Target = { associationId: string; paymentId: string };

/** A charge that could not be asked for in three days comes too late. */
const PATIENCE_MS = 3 * 86_400_000;

/** Takes up a charge whose answer never came: asks again with the same key, or after long looks and lets it be. */
@Injectable()
@HandlesJob(finishChargeJob)
export class FinishChargeHandler implements JobHandler<Target> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly movePayment: MovePayment,
    private readonly remote: RemotePayments,
    private readonly start: StartPayment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ associationId, paymentId }: Target): Promise<void> {
    const attempt = await this.uow.inTenant(associationId, () => this.payments.get(paymentId));
    if (attempt.state !== 'created') return;
    const age = this.clock.now().getTime() - attempt.createdAt.getTime();
    if (age > PATIENCE_MS && (await this.remote.isUnknown(associationId, attempt)))
      return this.letBe(associationId, paymentId);
    await this.start.open(associationId, attempt).catch(writtenDown);
  }

  private letBe(associationId: string, paymentId: string): Promise<void> {
    return this.uow.inTenant(associationId, async () => {
      const payment = await this.payments.getForUpdate(paymentId);
      if (payment.state === 'created')
        await this.movePayment.run(payment, 'expired', { failureReason: 'never_reached_provider' });
    });
  }
}

/** A refusal is an answer: the attempt has failed, and says why. */
function writtenDown(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== 'payment_refused_by_provider') throw error;
}
