import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { logger } from '../../platform/logging/logger.js';
import type { Payment } from '../payment.entity.js';
import type { ProviderRefund } from '../providers/payment-provider.js';
import { MoveRefund } from './move-refund.js';
import type { Refund } from './refund.entity.js';
import { nextRefundState } from './refund.state.js';
import { RefundsRepository } from './refunds.repository.js';

/** What the provider tells of refunds becomes ours: as news of one we know, or as one that was made elsewhere. Told twice it changes nothing. */
@Injectable()
export class TakeOverRefunds {
  constructor(
    private readonly refunds: RefundsRepository,
    private readonly moveRefund: MoveRefund,
  ) {}

  /** @param payment locked by the caller in the running unit */
  async run(payment: Payment, told: ProviderRefund[]): Promise<void> {
    if (told.length === 0) return;
    const known = await this.refunds.ofPayment(payment.id);
    for (const one of told) await this.takeOver(payment, one, known);
  }

  private async takeOver(payment: Payment, told: ProviderRefund, known: Refund[]): Promise<void> {
    const ours = known.find((refund) => isThe(refund, told)) ?? known.find((refund) => isFrom(refund, told));
    if (!ours) {
      await this.recordExternal(payment, told);
      return;
    }
    const facts = {
      ...(ours.providerRefundId === null && { providerRefundId: told.id }),
      ...(ours.providerStatus !== told.status && { providerStatus: told.status }),
    };
    await this.moveRefund.run(payment, ours, nextRefundState(ours.state, told.status), facts);
  }

  private async recordExternal(payment: Payment, told: ProviderRefund): Promise<void> {
    if (told.refundId !== null)
      logger.error(
        { paymentId: payment.id, providerRefundId: told.id },
        'a refund of ours that we had given up',
      );
    await this.moveRefund.begin(payment, {
      id: newId(),
      paymentId: payment.id,
      origin: 'external',
      state: nextRefundState('requested', told.status),
      amountCents: told.amount.cents,
      currency: told.amount.currency,
      providerRefundId: told.id,
      providerStatus: told.status,
      createdAt: told.createdAt,
    });
  }
}

function isThe(refund: Refund, told: ProviderRefund): boolean {
  return refund.providerRefundId === told.id;
}

/** Made by a call whose answer we never read. One that we gave up is not revived: the money that moved is told as another's. */
function isFrom(refund: Refund, told: ProviderRefund): boolean {
  return (
    refund.id === told.refundId &&
    refund.state === 'requested' &&
    refund.providerRefundId === null &&
    refund.amount.equals(told.amount)
  );
}
