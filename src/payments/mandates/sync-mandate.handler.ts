import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { logger } from '../../platform/logging/logger.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { providerSilent } from '../payments.errors.js';
import type { ProviderMandate } from '../providers/payment-provider.js';
import { SyncPayment } from '../sync-payment.js';
import type { Mandate } from './mandate.entity.js';
import { mandateMachine, type MandateState } from './mandate.state.js';
import { syncMandateJob } from './mandates.jobs.js';
import { MandatesRepository } from './mandates.repository.js';
import { MoveMandate } from './move-mandate.js';
import { ReadMandate } from './read-mandate.js';

type Target = { associationId: string; mandateId: string; paymentId: string | null };

/** Reads a mandate at the provider, outside any transaction, and takes over what it says. */
@Injectable()
@HandlesJob(syncMandateJob)
export class SyncMandateHandler implements JobHandler<Target> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandatesRepository,
    private readonly moveMandate: MoveMandate,
    private readonly syncPayment: SyncPayment,
    private readonly readMandate: ReadMandate,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(target: Target): Promise<void> {
    const mandate = await this.known(target);
    if (mandate.providerMandateId === null || mandate.state === 'revoked') return;
    const told = await this.readMandate.run(mandate);
    if (told === 'unknown')
      return logger.error(
        { mandateId: mandate.id },
        'the provider does not know a mandate: another account?',
      );
    await this.uow.inTenant(target.associationId, () => this.takeOver(mandate.id, told));
  }

  /** @throws DomainError `payment_provider_unavailable` while a paid payment does not say which mandate it made */
  private async known({ associationId, mandateId, paymentId }: Target): Promise<Mandate> {
    const read = () => this.uow.inTenant(associationId, () => this.mandates.get(mandateId));
    const mandate = await read();
    if (mandate.providerMandateId !== null || paymentId === null) return mandate;
    const state = await this.syncPayment.run({ associationId, paymentId });
    if (state !== 'paid') return mandate;
    await this.uow.inTenant(associationId, () => this.mandates.keepProviderId(mandateId, paymentId));
    const again = await read();
    if (again.providerMandateId === null)
      throw providerSilent('it does not tell the mandate of a paid payment');
    return again;
  }

  private async takeOver(mandateId: string, told: ProviderMandate | 'gone'): Promise<void> {
    const mandate = await this.mandates.getForUpdate(mandateId);
    const to = told === 'gone' ? 'invalid' : told.status;
    if (to === 'unrecognised')
      logger.error({ mandateId }, 'the provider uses a status of mandates that this version does not know');
    const facts = told === 'gone' ? {} : { method: told.method, cardExpiresOn: told.cardExpiresOn };
    await this.moveMandate.run(mandate, nextState(mandate.state, to), {
      ...facts,
      syncedAt: this.clock.now(),
    });
  }
}

function nextState(state: MandateState, told: ProviderMandate['status']): MandateState {
  return told !== 'unrecognised' && told !== state && mandateMachine.canMove(state, told) ? told : state;
}
