import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LegalDate } from '../kernel/clock.js';
import { Money, type Currency } from '../kernel/money.js';
import { CentsColumn } from '../platform/database/cents.column.js';
import type { ReceiptSnapshot } from './receipt-snapshot.js';

/**
 * An issued tax receipt: frozen (trigger), its PDF set once. That it is cancelled is written in receipt_cancellations.
 * Personal: snapshot.
 */
@Entity('receipts')
export class Receipt {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  donationId!: string;

  /** The cancelled receipt of the same gift that this one stands in for. */
  @Column('uuid', { nullable: true })
  replacesId!: string | null;

  @Column('int')
  year!: number;

  @Column('int')
  sequence!: number;

  /** As printed: « 2026-000123 ». */
  @Column('text')
  number!: string;

  @CentsColumn()
  amountCents!: number;

  @Column('char', { length: 3 })
  currency!: Currency;

  @Column('date')
  issuedOn!: LegalDate;

  @Column('date')
  paidOn!: LegalDate;

  @Column('jsonb')
  snapshot!: ReceiptSnapshot;

  @Column('uuid', { nullable: true })
  pdfFileId!: string | null;

  @Column('timestamptz')
  createdAt!: Date;

  get amount(): Money {
    return Money.of(this.amountCents, this.currency);
  }
}
