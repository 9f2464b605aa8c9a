import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { revokeMandateJob } from './mandates.jobs.js';
import { MandatesRepository } from './mandates.repository.js';
import { MoveMandate } from './move-mandate.js';
import { ReadMandate } from './read-mandate.js';

type Target = { associationId: string; mandateId: string };

/** Ends a mandate at the provider, then here. */
@Injectable()
@HandlesJob(revokeMandateJob)
export class RevokeMandateHandler implements JobHandler<Target> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandatesRepository,
    private readonly moveMandate: MoveMandate,
    private readonly readMandate: ReadMandate,
  ) {}

  async run({ associationId, mandateId }: Target): Promise<void> {
    const mandate = await this.uow.inTenant(associationId, () => this.mandates.get(mandateId));
    if (mandate.state === 'revoked') return;
    if (mandate.providerMandateId !== null) await this.readMandate.revoke(mandate);
    await this.uow.inTenant(associationId, async () =>
      this.moveMandate.run(await this.mandates.getForUpdate(mandateId), 'revoked'),
    );
  }
}
