import { Injectable } from '@nestjs/common';
import { DisputesRepository } from './disputes/disputes.repository.js';
import type { Payment } from './payment.entity.js';
import type { PaymentDetails } from './payment.presenter.js';
import { PayoutQueries } from './payouts/payout.queries.js';
import { RefundsRepository } from './refunds/refunds.repository.js';

/** Gathers what belongs to payments; three queries for any number of them. */
@Injectable()
export class PaymentDetailsReader {
  constructor(
    private readonly refunds: RefundsRepository,
    private readonly disputes: DisputesRepository,
    private readonly payouts: PayoutQueries,
  ) {}

  async of(payments: Payment[]): Promise<(payment: Payment) => PaymentDetails> {
    const ids = payments.map(({ id }) => id);
    const refunds = await this.refunds.ofPayments(ids);
    const disputes = await this.disputes.ofPayments(ids);
    const payouts = await this.payouts.ofPayments(ids);
    return ({ id }) => ({
      refunds: refunds.filter(({ paymentId }) => paymentId === id),
      disputes: disputes.filter(({ paymentId }) => paymentId === id),
      payout: payouts.get(id) ?? null,
    });
  }
}
