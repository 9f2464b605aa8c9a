import { Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import type { Payment } from '../payment.entity.js';
import type { ProviderChargeback } from '../providers/payment-provider.js';
import { DisputesRepository } from './disputes.repository.js';
import { MoveDispute } from './move-dispute.js';

/** What the provider tells of chargebacks becomes ours. Told twice it changes nothing. */
@Injectable()
export class TakeOverChargebacks {
  constructor(
    private readonly disputes: DisputesRepository,
    private readonly moveDispute: MoveDispute,
  ) {}

  /** @param payment locked by the caller in the running unit */
  async run(payment: Payment, chargebacks: ProviderChargeback[]): Promise<void> {
    if (chargebacks.length === 0) return;
    const known = await this.disputes.ofPayment(payment.id);
    for (const told of chargebacks) {
      const dispute =
        known.find(({ providerChargebackId }) => providerChargebackId === told.id) ??
        (await this.moveDispute.begin(payment, {
          id: newId(),
          paymentId: payment.id,
          providerChargebackId: told.id,
          amountCents: told.amount.cents,
          currency: told.amount.currency,
          reason: told.reason,
          createdAt: told.createdAt,
        }));
      if (told.reversedAt) await this.moveDispute.run(payment, dispute, 'won', told.reversedAt);
    }
  }
}
