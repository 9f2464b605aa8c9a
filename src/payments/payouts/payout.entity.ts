import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LegalDate } from '../../kernel/clock.js';
import { Money, type Currency } from '../../kernel/money.js';
import { CentsColumn } from '../../platform/database/cents.column.js';

/** One transfer of the provider to the association's bank account, as it was when it was imported. Append-only. */
@Entity('payouts')
export class Payout {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  /** Of the association's accounts at the provider. */
  @Column('uuid')
  accountId!: string;

  @Column('text')
  providerSettlementId!: string;

  /** As on the bank statement. */
  @Column('text', { nullable: true })
  reference!: string | null;

  /** What arrived. */
  @CentsColumn()
  amountCents!: number;

  /** The provider's fees, subtracted before. */
  @CentsColumn()
  costsCents!: number;

  /** What our books know of its parts. */
  @CentsColumn()
  explainedCents!: number;

  /** amount + costs - explained. */
  @CentsColumn()
  differenceCents!: number;

  @Column('char', { length: 3 })
  currency!: Currency;

  @Column('date')
  settledOn!: LegalDate;

  @Column('timestamptz')
  importedAt!: Date;

  get amount(): Money {
    return Money.of(this.amountCents, this.currency);
  }

  get costs(): Money {
    return Money.of(this.costsCents, this.currency);
  }

  get explained(): Money {
    return Money.of(this.explainedCents, this.currency);
  }

  get difference(): Money {
    return Money.of(this.differenceCents, this.currency);
  }
}
