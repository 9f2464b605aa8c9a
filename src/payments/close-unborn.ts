import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { MovePayment } from './move-payment.js';
import { PaymentsRepository } from './payments.repository.js';

const BATCH = 200;

/**
 * An attempt whose answer never came (provider silent, process killed) and that nobody took up again. The
 * provider keeps idempotency keys for an hour; after two, whatever was made there has a checkout page that
 * no donor ever saw. Should it be paid all the same, its webhook still finds the attempt and says so. A charge without
 * the donor has no checkout page: it may have been made and paid, and is never closed unasked (mandates/sweep-charges).
 */
@Injectable()
export class CloseUnborn {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly movePayment: MovePayment,
  ) {}

  async run(): Promise<void> {
    const unborn = await this.uow.acrossTenants(
      'the sweep closes attempts that never reached the provider',
      () =>
        this.uow.query<{ associationId: string; id: string }>(
          `SELECT association_id AS "associationId", id FROM payments
          WHERE state = 'created' AND sequence <> 'recurring' AND created_at < now() - interval '2 hours' LIMIT $1`,
          [BATCH],
        ),
    );
    for (const { associationId, id } of unborn) await this.uow.inTenant(associationId, () => this.close(id));
  }

  private async close(id: string): Promise<void> {
    const payment = await this.payments.getForUpdate(id);
    if (payment.state === 'created') await this.movePayment.run(payment, 'expired');
  }
}
