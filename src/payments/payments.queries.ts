import { Injectable } from '@nestjs/common';
import type { Payment } from './payment.entity.js';
import { PaymentsRepository } from './payments.repository.js';

/** Answers about payments, for the modules above. */
@Injectable()
export class PaymentQueries {
  constructor(private readonly payments: PaymentsRepository) {}

  /** Every attempt for one reference, newest first. */
  attemptsFor(reference: string): Promise<Payment[]> {
    return this.payments.ofReference(reference);
  }
}
