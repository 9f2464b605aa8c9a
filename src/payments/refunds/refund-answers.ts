import { Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { publicId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { ProviderRefund } from '../providers/payment-provider.js';
import { LockedRefunds } from './locked-refund.js';
import { MoveRefund } from './move-refund.js';
import { TakeOverRefunds } from './take-over-refunds.js';

/** Writes down what the provider answered to a refund of ours. A sync may have been faster: then there is nothing to write. */
@Injectable()
export class RefundAnswers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly locked: LockedRefunds,
    private readonly takeOver: TakeOverRefunds,
    private readonly moveRefund: MoveRefund,
    private readonly journal: Journal,
  ) {}

  /** @param told the provider's refund, made for this one of ours */
  made(associationId: string, refundId: string, told: ProviderRefund): Promise<void> {
    return this.uow.inTenant(associationId, async () => {
      const { payment, refund } = await this.locked.get(refundId);
      if (refund.providerRefundId === null) await this.takeOver.run(payment, [{ ...told, refundId }]);
    });
  }

  /** @param failureReason the provider's words */
  refused(associationId: string, refundId: string, failureReason: string): Promise<void> {
    return this.uow.inTenant(associationId, async () => {
      const { payment, refund } = await this.locked.get(refundId);
      if (refund.state !== 'requested') return;
      await this.moveRefund.run(payment, refund, 'failed', { failureReason });
      await this.journal.record({
        actor: 'system',
        action: 'refund.refused',
        subject: publicId('refund', refund.id),
        details: { payment: publicId('payment', payment.id), reason: failureReason },
      });
    });
  }

  /** @param actor whoever wanted it cancelled, and the provider did */
  cancelled(associationId: string, refundId: string, actor: string): Promise<void> {
    return this.uow.inTenant(associationId, async () => {
      const { payment, refund } = await this.locked.get(refundId);
      if (refund.state === 'cancelled') return;
      await this.moveRefund.run(payment, refund, 'cancelled');
      await this.journal.record({
        actor,
        action: 'refund.cancelled',
        subject: publicId('refund', refund.id),
        details: { payment: publicId('payment', payment.id) },
      });
    });
  }
}
