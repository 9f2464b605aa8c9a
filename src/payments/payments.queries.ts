import { Injectable } from '@nestjs/common';
import { Money, type Currency } from '../kernel/money.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Payment } from './payment.entity.js';
import { PaymentsRepository } from './payments.repository.js';

/** Money that went back to the donor: asked back by us or them, or taken back by their bank. */
export interface Returned {
  refunded: Money;
  chargedBack: Money;
}

/** Answers about payments, for the modules above. */
@Injectable()
export class PaymentQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
  ) {}

  /** Every attempt for one reference, newest first. */
  attemptsFor(reference: string): Promise<Payment[]> {
    return this.payments.ofReference(reference);
  }

  async returnedFor(references: string[]): Promise<Map<string, Returned>> {
    const rows = await this.uow.query<{
      reference: string;
      currency: Currency;
      refunded: string;
      chargedBack: string;
    }>(
      `SELECT reference, currency, sum(refunded_cents) AS refunded, sum(charged_back_cents) AS "chargedBack"
         FROM payments WHERE association_id = $1 AND reference = ANY($2) GROUP BY reference, currency`,
      [this.uow.associationId, references],
    );
    return new Map(
      rows.map(({ reference, currency, refunded, chargedBack }) => [
        reference,
        {
          refunded: Money.of(Number(refunded), currency),
          chargedBack: Money.of(Number(chargedBack), currency),
        },
      ]),
    );
  }
}
