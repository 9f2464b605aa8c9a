import { Injectable } from '@nestjs/common';
import { Money, type Currency } from '../kernel/money.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Payment } from './payment.entity.js';
import { PaymentsRepository } from './payments.repository.js';

/** Money that went back to the donor: asked back by us or them, or taken back by their bank. */
export interface Returned {
  /** Settled. */
  refunded: Money;
  /** Requested, or with the provider: not gone yet. */
  reserved: Money;
  /** Not given back by the bank. */
  chargedBack: Money;
}

const RETURNED = `
  SELECT p.reference, p.currency,
         COALESCE(sum(r.cents) FILTER (WHERE r.state = 'settled'), 0) AS refunded,
         COALESCE(sum(r.cents) FILTER (WHERE r.state IN ('requested', 'sent')), 0) AS reserved,
         COALESCE(sum(r.cents) FILTER (WHERE r.state IN ('opened', 'lost')), 0) AS "chargedBack"
    FROM payments p
   CROSS JOIN LATERAL (
     SELECT state, amount_cents AS cents FROM payment_refunds
      WHERE association_id = p.association_id AND payment_id = p.id
      UNION ALL
     SELECT state, amount_cents FROM payment_disputes
      WHERE association_id = p.association_id AND payment_id = p.id) r
   WHERE p.association_id = $1 AND p.reference = ANY($2)
   GROUP BY p.reference, p.currency`;

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

  /** Counted from the rows, never from what the provider sums up. */
  async returnedFor(references: string[]): Promise<Map<string, Returned>> {
    const rows = await this.uow.query<{
      reference: string;
      currency: Currency;
      refunded: string;
      reserved: string;
      chargedBack: string;
    }>(RETURNED, [this.uow.associationId, references]);
    return new Map(
      rows.map(({ reference, currency, refunded, reserved, chargedBack }) => [
        reference,
        {
          refunded: Money.of(Number(refunded), currency),
          reserved: Money.of(Number(reserved), currency),
          chargedBack: Money.of(Number(chargedBack), currency),
        },
      ]),
    );
  }
}
