import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Money, type Currency } from '../kernel/money.js';
import { CentsColumn } from '../platform/database/cents.column.js';
import type { PaymentState } from './payment.state.js';
import type { PaymentSequence, ProviderMode } from './providers/payment-provider.js';

/** Roles of the ledger that a payment may be income of. */
export type IncomeAccount = 'gifts' | 'company_gifts';

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

  /** What the donor pays; the contribution to the platform is part of it. */
  @CentsColumn()
  amountCents!: number;

  /** The contribution to the platform that the provider passes on; 0 without one. */
  @CentsColumn()
  applicationFeeCents!: number;

  /** Where the ledger books what is not the contribution. */
  @Column('text')
  incomeAccount!: IncomeAccount;

  @Column('text')
  sequence!: PaymentSequence;

  /** Our mandate: being made by a `first` payment, charged by a `recurring` one. */
  @Column('uuid', { nullable: true })
  mandateId!: string | null;

  /** The provider's id of that mandate, as a paid payment tells it. */
  @Column('text', { nullable: true })
  providerMandateId!: string | null;

  @Column('char', { length: 3 })
  currency!: Currency;

  @Column('text')
  description!: string;

  @Column('text')
  locale!: 'fr' | 'en';

  /** Where the provider sends the donor back to; null when nobody is there. */
  @Column('text', { nullable: true })
  returnUrl!: string | null;

  /** Unguessable part of the webhook's address; one per attempt. */
  @Column('text')
  token!: string;

  @Column('text')
  provider!: 'mollie' | 'offline';

  /** The association's own account at the provider; null: the installation's key. Read with it always. */
  @Column('uuid', { nullable: true })
  accountId!: string | null;

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

  /** As the provider says it, refunds on the way included: to notice a change. Money is counted from the rows. */
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

  /** When the sweep reads it again; null: never. */
  @Column('timestamptz', { nullable: true })
  nextSyncAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;

  get amount(): Money {
    return Money.of(this.amountCents, this.currency);
  }

  get applicationFee(): Money {
    return Money.of(this.applicationFeeCents, this.currency);
  }
}
