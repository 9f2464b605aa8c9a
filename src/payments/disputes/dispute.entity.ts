import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Money, type Currency } from '../../kernel/money.js';
import { CentsColumn } from '../../platform/database/cents.column.js';
import type { DisputeState } from './dispute.state.js';

/** A chargeback, and what became of it. Holds no personal data. */
@Entity('payment_disputes')
export class Dispute {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  paymentId!: string;

  @Column('text')
  providerChargebackId!: string;

  @Column('text')
  state!: DisputeState;

  @CentsColumn()
  amountCents!: number;

  @Column('char', { length: 3 })
  currency!: Currency;

  /** "MD06: Refund request by end customer": the bank's code and words; only SEPA says them. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** When the bank took the money. */
  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  reversedAt!: Date | null;

  @Column('timestamptz')
  seenAt!: Date;

  get amount(): Money {
    return Money.of(this.amountCents, this.currency);
  }
}
