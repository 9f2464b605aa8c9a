import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { PaymentAccounts } from '../accounts/payment-accounts.js';
import { revokeMandateJob } from './mandates.jobs.js';
import { MandatesRepository } from './mandates.repository.js';

/** Mandates as those above see them: one is begun with a `first` payment, and let go of when it is not needed. */
@Injectable()
export class OpenMandate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly mandates: MandatesRepository,
    private readonly accounts: PaymentAccounts,
  ) {}

  /** In a unit. A payment with sequence `first` must follow. @returns its id */
  async run(holder: string): Promise<string> {
    const { takesApplicationFee: _, ...madeWith } = await this.accounts.current();
    const id = newId();
    await this.mandates.insert({ id, holder, ...madeWith });
    return id;
  }

  /** In a unit: it will be revoked at the provider. */
  async letGo(mandateId: string): Promise<void> {
    await this.outbox.stage(revokeMandateJob, { associationId: this.uow.associationId, mandateId });
  }
}
