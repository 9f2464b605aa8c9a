import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { newId, publicId } from '../../kernel/ids.js';
import { Money, type MoneyJson } from '../../kernel/money.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PaymentReturns } from '../payment-returns.js';
import type { Payment } from '../payment.entity.js';
import { PaymentsRepository } from '../payments.repository.js';
import { MoveRefund } from './move-refund.js';
import type { Refund } from './refund.entity.js';
import {
  offlinePaymentNotRefundable,
  paymentNotRefundable,
  refundExceedsRemaining,
  refundKeyReused,
} from './refunds.errors.js';
import { RefundsRepository } from './refunds.repository.js';

export interface RefundWish {
  /** Absent: all that can still be refunded. */
  amount?: MoneyJson | undefined;
  /** For the books and the journal; never shown to the donor's bank. */
  reason: string;
}

/** Somebody wants to give money back. From here on the amount is reserved; a job asks the provider. */
@Injectable()
export class RequestRefund {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly refunds: RefundsRepository,
    private readonly returns: PaymentReturns,
    private readonly moveRefund: MoveRefund,
    private readonly journal: Journal,
  ) {}

  /**
   * @param requestKey one per intention: asked again with it, the refund that was made is answered
   * @throws DomainError `payment_not_found`, `payment_not_refundable`, `offline_payment_not_refundable`,
   *   `refund_exceeds_remaining` (params `remainingCents`), `idempotency_key_reused`
   */
  run(
    associationId: string,
    paymentId: string,
    wish: RefundWish,
    actor: string,
    requestKey: string = newId(),
  ): Promise<Refund> {
    return this.uow.inTenant(associationId, async () => {
      const payment = await this.payments.getForUpdate(paymentId);
      const key = createHash('sha256').update(`${paymentId} ${requestKey}`).digest('hex');
      const earlier = await this.refunds.findByRequestKey(key);
      if (earlier) return sameWish(earlier, wish);
      const amount = await this.amountOf(payment, wish);
      const refund = await this.moveRefund.begin(payment, {
        id: newId(),
        paymentId,
        origin: 'obole',
        state: 'requested',
        amountCents: amount.cents,
        currency: amount.currency,
        reason: wish.reason,
        requestedBy: actor,
        requestKey: key,
      });
      await this.record(refund, actor);
      return refund;
    });
  }

  private async amountOf(payment: Payment, { amount: wished }: RefundWish): Promise<Money> {
    if (payment.provider === 'offline') throw offlinePaymentNotRefundable();
    if (payment.state !== 'paid') throw paymentNotRefundable(payment.state);
    const remaining = await this.returns.refundable(payment);
    const amount = wished ? Money.fromJson(wished) : remaining;
    if (!amount.isPositive() || amount.compare(remaining) > 0)
      throw refundExceedsRemaining(remaining, payment.applicationFee);
    return amount;
  }

  private async record(refund: Refund, actor: string): Promise<void> {
    await this.journal.record({
      actor,
      action: 'refund.requested',
      subject: publicId('refund', refund.id),
      details: { payment: publicId('payment', refund.paymentId) },
    });
  }
}

function sameWish(earlier: Refund, { amount, reason }: RefundWish): Refund {
  if ((amount && !earlier.amount.equals(Money.fromJson(amount))) || earlier.reason !== reason)
    throw refundKeyReused();
  return earlier;
}
