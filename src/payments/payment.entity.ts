import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Money, type Currency } from '../kernel/money.js';
import { CentsColumn } from '../platform/database/cents.column.js';
import type { PaymentState } from './payment.state.js';
import type { ProviderMode } from './providers/payment-provider.js';

/** One attempt at a provider. Holds no personal data. */
@Entity('payments')
export class Payment {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  /** What is paid for; payments do not know what that is. */
  @Column('uuid')
  reference!: string;

  @Column('text')
  state!: PaymentState;

  @CentsColumn()
  amountCents!: number;

  @Column('char', { length: 3 })
  currency!: Currency;

  @Column('text')
  description!: string;

  @Column('text')
  locale!: 'fr' | 'en';

  /** Where the provider sends the donor back to. */
  @Column('text')
  returnUrl!: string;

  /** Unguessable part of the webhook's address; one per attempt. */
  @Column('text')
  token!: string;

  @Column('text')
  provider!: 'mollie';

  @Column('text')
  mode!: ProviderMode;

  @Column('text', { nullable: true })
  profileId!: string | null;

  @Column('text', { nullable: true })
  organizationId!: string | null;

  @Column('text', { nullable: true })
  providerId!: string | null;

  @Column('text', { nullable: true })
  checkoutUrl!: string | null;

  @Column('text', { nullable: true })
  method!: string | null;

  @Column('text', { nullable: true })
  failureReason!: string | null;

  @CentsColumn()
  refundedCents!: number;

  @CentsColumn()
  chargedBackCents!: number;

  @Column('timestamptz', { nullable: true })
  paidAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  syncedAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;

  get amount(): Money {
    return Money.of(this.amountCents, this.currency);
  }
}
