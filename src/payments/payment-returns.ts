import { Injectable } from '@nestjs/common';
import type { Money } from '../kernel/money.js';
import { DisputesRepository } from './disputes/disputes.repository.js';
import { PaymentBook, type Returning } from './payment-book.js';
import type { Payment } from './payment.entity.js';
import { RefundsRepository } from './refunds/refunds.repository.js';

/** All the money of a payment that goes back, refunds and disputes together. The caller holds the payment's row. */
@Injectable()
export class PaymentReturns {
  constructor(
    private readonly refunds: RefundsRepository,
    private readonly disputes: DisputesRepository,
    private readonly book: PaymentBook,
  ) {}

  async went(payment: Payment, what: Returning, at: Date): Promise<void> {
    const others = (await this.all(payment.id)).filter(({ id }) => id !== what.id);
    await this.book.returned(payment, what, at, others);
  }

  async cameBack(what: Returning, at: Date): Promise<void> {
    await this.book.undone(what, at);
  }

  /**
   * What can still be refunded: the gift without the contribution to the platform, less what went back, is on its
   * way back, or is reserved.
   */
  async refundable(payment: Payment): Promise<Money> {
    const refunds = (await this.refunds.ofPayment(payment.id)).filter(
      ({ state }) => state !== 'failed' && state !== 'cancelled',
    );
    const disputes = (await this.disputes.ofPayment(payment.id)).filter(({ state }) => state !== 'won');
    const gift = payment.amount.minus(payment.applicationFee);
    const left = [...refunds, ...disputes].reduce((sum, { amount }) => sum.minus(amount), gift);
    return left.isPositive() ? left : gift.minus(gift);
  }

  private async all(paymentId: string): Promise<Returning[]> {
    const refunds = await this.refunds.ofPayment(paymentId);
    const disputes = await this.disputes.ofPayment(paymentId);
    return [
      ...refunds.map(({ id, amount }) => ({ type: 'refund' as const, id, amount })),
      ...disputes.map(({ id, amount }) => ({ type: 'dispute' as const, id, amount })),
    ];
  }
}
