import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Money, type Currency } from '../../kernel/money.js';
import { CentsColumn } from '../../platform/database/cents.column.js';
import type { ProviderRefundStatus } from '../providers/payment-provider.js';
import type { RefundState } from './refund.state.js';

/** Money given back: asked for here (`obole`), first seen at the provider (`external`), or a counter-entry of an offline gift (`correction`). */
@Entity('payment_refunds')
export class Refund {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  paymentId!: string;

  @Column('text')
  origin!: 'obole' | 'external' | 'correction';

  @Column('text')
  state!: RefundState;

  @CentsColumn()
  amountCents!: number;

  @Column('char', { length: 3 })
  currency!: Currency;

  /** Why, in the treasurer's words. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** Actor of the journal; null for `external`. */
  @Column('text', { nullable: true })
  requestedBy!: string | null;

  /** One request makes one refund, however often it arrives. */
  @Column('text', { nullable: true })
  requestKey!: string | null;

  @Column('text', { nullable: true })
  providerRefundId!: string | null;

  /** As the provider last said it. */
  @Column('text', { nullable: true })
  providerStatus!: ProviderRefundStatus | null;

  /** Since when the provider may know of it under our id; null: it cannot. */
  @Column('timestamptz', { nullable: true })
  sendingAt!: Date | null;

  /** When the sweep stages it once more, should it still be `requested`. */
  @Column('timestamptz', { nullable: true })
  sendAgainAt!: Date | null;

  /** The provider's words, for the treasurer. */
  @Column('text', { nullable: true })
  failureReason!: string | null;

  @Column('timestamptz', { nullable: true })
  settledAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  seenAt!: Date;

  get amount(): Money {
    return Money.of(this.amountCents, this.currency);
  }
}
