import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Payment } from './payment.entity.js';
import type { ProviderChargeback, ProviderPayment, ProviderRefund } from './providers/payment-provider.js';

/** Why a payment of the provider is not this attempt's. */
export function mismatchFaults(payment: Payment, remote: ProviderPayment): string[] {
  const checks: Array<[boolean, string]> = [
    [payment.providerId === null || remote.id === payment.providerId, 'another_payment'],
    [remote.paymentId === payment.id, 'another_attempt'],
    [remote.amount.equals(payment.amount), 'amount'],
    [remote.mode === payment.mode, 'mode'],
    [payment.profileId === null || remote.profileId === payment.profileId, 'profile'],
  ];
  return checks.flatMap(([fits, fault]) => (fits ? [] : [fault]));
}

/** Keeps what the provider told beside the payment. Telling it twice changes nothing. */
@Injectable()
export class ProviderFacts {
  constructor(private readonly uow: UnitOfWork) {}

  async recordMismatch(paymentId: string, claimedProviderId: string, faults: string[]): Promise<void> {
    await this.uow.execute(
      `INSERT INTO payment_mismatches (association_id, id, payment_id, claimed_provider_id, faults) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT payment_mismatches_once DO NOTHING`,
      [this.uow.associationId, newId(), paymentId, claimedProviderId, JSON.stringify(faults)],
    );
  }

  async recordReturns(payment: Payment, remote: ProviderPayment): Promise<void> {
    for (const refund of remote.refunds) await this.recordRefund(payment, refund);
    for (const chargeback of remote.chargebacks) await this.recordChargeback(payment, chargeback);
  }

  private async recordRefund(payment: Payment, refund: ProviderRefund): Promise<void> {
    await this.uow.execute(
      `INSERT INTO payment_refunds (association_id, id, payment_id, provider_refund_id, provider_status, amount_cents, currency, created_at, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'sent')
       ON CONFLICT ON CONSTRAINT payment_refunds_provider_unique DO UPDATE SET provider_status = EXCLUDED.provider_status, seen_at = now()
        WHERE payment_refunds.provider_status <> EXCLUDED.provider_status`,
      [
        payment.associationId,
        newId(),
        payment.id,
        refund.id,
        refund.status,
        refund.amount.cents,
        refund.amount.currency,
        refund.createdAt,
      ],
    );
  }

  private async recordChargeback(payment: Payment, chargeback: ProviderChargeback): Promise<void> {
    const { id, amount, reason, createdAt, reversedAt } = chargeback;
    await this.uow.execute(
      `INSERT INTO payment_disputes (association_id, id, payment_id, provider_chargeback_id, amount_cents, currency, reason, created_at, reversed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT ON CONSTRAINT payment_disputes_provider_unique DO UPDATE SET reversed_at = EXCLUDED.reversed_at, seen_at = now()
        WHERE payment_disputes.reversed_at IS DISTINCT FROM EXCLUDED.reversed_at`,
      [
        payment.associationId,
        newId(),
        payment.id,
        id,
        amount.cents,
        amount.currency,
        reason,
        createdAt,
        reversedAt,
      ],
    );
  }
}
