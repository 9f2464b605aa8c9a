import { DomainError } from '../../kernel/domain-error.js';
import type { Money } from '../../kernel/money.js';
import { defineConstraintErrors } from '../../platform/database/constraint-errors.js';

export const refundNotFound = () =>
  new DomainError('not_found', 'refund_not_found', 'There is no such refund.');

export const paymentNotRefundable = (state: string) =>
  new DomainError(
    'conflict',
    'payment_not_refundable',
    `Only a paid payment is refunded; this one is ${state}.`,
    {
      params: { state },
    },
  );

export const offlinePaymentNotRefundable = () =>
  new DomainError(
    'conflict',
    'offline_payment_not_refundable',
    'This money came past the payment provider, so it cannot go back through it: correct the gift instead.',
  );

/** @param fee the contribution to the platform, if there was one: the provider does not give it back */
export const refundExceedsRemaining = (remaining: Money, fee: Money) =>
  new DomainError(
    'conflict',
    'refund_exceeds_remaining',
    `Of this payment ${remaining.toDecimal()} ${remaining.currency} can still be refunded` +
      (fee.isPositive()
        ? `; the contribution to the platform (${fee.toDecimal()}) is not refundable through the provider.`
        : '.'),
    {
      params: {
        remainingCents: remaining.cents,
        applicationFeeCents: fee.cents,
        currency: remaining.currency,
      },
    },
  );

export const refundKeyReused = () =>
  new DomainError('conflict', 'idempotency_key_reused', 'This key was used for another refund.');

export const refundBeingSent = () =>
  new DomainError(
    'conflict',
    'refund_being_sent',
    'This refund is on its way to the provider: try again when the provider has answered.',
  );

export const refundNotCancelable = (detail: string) =>
  new DomainError('conflict', 'refund_not_cancelable', `The provider does not cancel this refund: ${detail}`);

defineConstraintErrors({
  payment_refunds_past_money: () =>
    new DomainError('conflict', 'past_money_never_edited', 'A refund’s amount and payment are never edited.'),
  payment_refunds_request_unique: refundKeyReused,
});
