import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PaymentsRepository } from '../payments.repository.js';
import { LOST_AFTER_DAYS } from './dispute.state.js';
import { DisputesRepository } from './disputes.repository.js';
import { MoveDispute } from './move-dispute.js';

const BATCH = 200;

/** Disputes that nobody reversed in time are lost. */
@Injectable()
export class CloseDisputes {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly disputes: DisputesRepository,
    private readonly moveDispute: MoveDispute,
  ) {}

  async run(): Promise<void> {
    const old = await this.uow.acrossTenants('the sweep closes every association’s old disputes', () =>
      this.uow.query<{ associationId: string; id: string }>(
        `SELECT association_id AS "associationId", id FROM payment_disputes
          WHERE state = 'opened' AND created_at < now() - $1 * interval '1 day' ORDER BY created_at LIMIT $2`,
        [LOST_AFTER_DAYS, BATCH],
      ),
    );
    for (const { associationId, id } of old) await this.uow.inTenant(associationId, () => this.close(id));
  }

  private async close(id: string): Promise<void> {
    const { paymentId } = await this.disputes.get(id);
    const payment = await this.payments.getForUpdate(paymentId);
    const dispute = await this.disputes.get(id);
    if (dispute.state === 'opened') await this.moveDispute.run(payment, dispute, 'lost', null);
  }
}
