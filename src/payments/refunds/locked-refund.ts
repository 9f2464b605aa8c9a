import { Injectable } from '@nestjs/common';
import type { Payment } from '../payment.entity.js';
import { PaymentsRepository } from '../payments.repository.js';
import type { Refund } from './refund.entity.js';
import { RefundsRepository } from './refunds.repository.js';

export interface LockedRefund {
  payment: Payment;
  refund: Refund;
}

/** Reads a refund under its payment's row lock, as whoever is to change it must. */
@Injectable()
export class LockedRefunds {
  constructor(
    private readonly payments: PaymentsRepository,
    private readonly refunds: RefundsRepository,
  ) {}

  /** Holds the row of the payment until the unit ends. @throws DomainError `refund_not_found` */
  async get(refundId: string): Promise<LockedRefund> {
    const { paymentId } = await this.refunds.get(refundId);
    const payment = await this.payments.getForUpdate(paymentId);
    return { payment, refund: await this.refunds.get(refundId) };
  }
}
