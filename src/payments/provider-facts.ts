import { Injectable } from '@nestjs/common';
import { RaiseAlert } from '../alerts/index.js';
import { newId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { logger } from '../platform/logging/logger.js';
import { TakeOverChargebacks } from './disputes/take-over-chargebacks.js';
import { MandatesRepository } from './mandates/mandates.repository.js';
import type { Payment } from './payment.entity.js';
import type { ProviderPayment } from './providers/payment-provider.js';
import { TakeOverRefunds } from './refunds/take-over-refunds.js';

/**
 * Why a payment of the provider is not this attempt's. The organisation is not told with a payment: it is that of the
 * account with which it was read.
 * @param customerId whose mandate it makes or charges; null for none
 */
function mismatchFaults(payment: Payment, remote: ProviderPayment, customerId: string | null): string[] {
  const checks: Array<[boolean, string]> = [
    [payment.providerId === null || remote.id === payment.providerId, 'another_payment'],
    [remote.paymentId === payment.id, 'another_attempt'],
    [remote.amount.equals(payment.amount), 'amount'],
    [
      (remote.applicationFee ?? Money.zero(payment.currency)).equals(payment.applicationFee),
      'application_fee',
    ],
    [remote.sequence === payment.sequence, 'sequence'],
    [remote.customerId === customerId, 'customer'],
    [remote.mode === payment.mode, 'mode'],
    [payment.profileId === null || remote.profileId === payment.profileId, 'profile'],
  ];
  return checks.flatMap(([fits, fault]) => (fits ? [] : [fault]));
}

/** Keeps what the provider told beside the payment. Telling it twice changes nothing. */
@Injectable()
export class ProviderFacts {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandatesRepository,
    private readonly refunds: TakeOverRefunds,
    private readonly chargebacks: TakeOverChargebacks,
    private readonly raiseAlert: RaiseAlert,
  ) {}

  /** @returns why the provider's payment is not this attempt's; empty when it is */
  async faultsOf(payment: Payment, remote: ProviderPayment): Promise<string[]> {
    const { mandateId } = payment;
    const customerId = mandateId === null ? null : (await this.mandates.get(mandateId)).providerCustomerId;
    return mismatchFaults(payment, remote, customerId);
  }

  async recordMismatch(paymentId: string, claimedProviderId: string, faults: string[]): Promise<void> {
    await this.uow.execute(
      `INSERT INTO payment_mismatches (association_id, id, payment_id, claimed_provider_id, faults) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT payment_mismatches_once DO NOTHING`,
      [this.uow.associationId, newId(), paymentId, claimedProviderId, JSON.stringify(faults)],
    );
    await this.raiseAlert.run({
      kind: 'payment_mismatch',
      subject: { type: 'payment', id: paymentId },
      details: { claimed: claimedProviderId, faults },
      occasion: claimedProviderId,
    });
  }

  /** @param payment locked by the caller in the running unit */
  async recordReturns(payment: Payment, remote: ProviderPayment): Promise<void> {
    if (remote.refunds.length + remote.chargebacks.length === 0) return;
    if (payment.state !== 'paid') {
      logger.error(
        { paymentId: payment.id, state: payment.state },
        'money goes back that never arrived here',
      );
      return;
    }
    await this.refunds.run(payment, remote.refunds);
    await this.chargebacks.run(payment, remote.chargebacks);
  }
}
