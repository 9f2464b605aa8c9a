import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../platform/events/domain-events.js';
import { PaymentBook } from './payment-book.js';
import type { Payment } from './payment.entity.js';
import { paymentMachine, type PaymentState } from './payment.state.js';
import { PaymentMoved } from './payments.events.js';
import { PaymentsRepository } from './payments.repository.js';

/** The only place where a payment changes its state. Money that arrives is booked with the move. */
@Injectable()
export class MovePayment {
  constructor(
    private readonly payments: PaymentsRepository,
    private readonly book: PaymentBook,
    private readonly events: DomainEvents,
  ) {}

  /**
   * @param payment locked by the caller in the running unit
   * @param facts what is learned together with the move; written in the same statement
   * @returns false when the payment was there already
   * @throws DomainError `payment_transition_refused`
   */
  async run(payment: Payment, to: PaymentState, facts: Partial<Payment> = {}): Promise<boolean> {
    const from = payment.state;
    if (from === to) {
      if (Object.keys(facts).length > 0) await this.payments.update(payment, facts);
      return false;
    }
    paymentMachine.assertMove(from, to);
    await this.payments.move(payment, { ...facts, state: to });
    if (to === 'paid') await this.book.settled(payment);
    await this.events.publish(PaymentMoved, {
      associationId: payment.associationId,
      paymentId: payment.id,
      reference: payment.reference,
      sequence: payment.sequence,
      mandateId: payment.mandateId,
      from,
      to,
      paidAt: payment.paidAt,
    });
    return true;
  }
}
