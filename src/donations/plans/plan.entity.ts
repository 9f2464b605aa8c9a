import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LegalDate } from '../../kernel/clock.js';
import { Money, type Currency } from '../../kernel/money.js';
import { CentsColumn } from '../../platform/database/cents.column.js';
import type { PlanState } from './plan.state.js';

export const PLAN_FREQUENCIES = ['monthly', 'quarterly', 'yearly'] as const;
export type PlanFrequency = (typeof PLAN_FREQUENCIES)[number];

export type PausedReason = 'donor' | 'association' | 'disputed';
export type EndedReason =
  'donor' | 'association' | 'never_started' | 'payment_refused' | 'unpaid' | 'mandate_gone';

/** A promise to give again and again. Personal: displayName. */
@Entity('plans')
export class Plan {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  formId!: string;

  @Column('uuid')
  donorId!: string;

  @Column('uuid', { nullable: true })
  donorAddressId!: string | null;

  @Column('text')
  state!: PlanState;

  @Column('text')
  frequency!: PlanFrequency;

  /** Each time. Never a contribution to the platform on top. */
  @CentsColumn()
  amountCents!: number;

  @Column('char', { length: 3 })
  currency!: Currency;

  /** Day of the month of its first payment, in Paris; null before. */
  @Column('smallint', { nullable: true })
  anchorDay!: number | null;

  /** The oldest due date that nothing was decided about; during a pause it may lie in the past. */
  @Column('date', { nullable: true })
  nextDueOn!: LegalDate | null;

  /** Last day of the pause: what falls due until then is left out. Null: until somebody says so. */
  @Column('date', { nullable: true })
  pausedUntil!: LegalDate | null;

  @Column('text', { nullable: true })
  pausedReason!: PausedReason | null;

  @Column('text', { nullable: true })
  endedReason!: EndedReason | null;

  /** What is charged; replaced when the donor mends the means of payment. */
  @Column('uuid', { nullable: true })
  mandateId!: string | null;

  @Column('date', { nullable: true })
  cardExpiresOn!: LegalDate | null;

  /** Of which last day of a card the donor was told. */
  @Column('date', { nullable: true })
  announcedExpiryOn!: LegalDate | null;

  @Column('uuid')
  firstDonationId!: string;

  /** The gift that the donor is making to mend the means of payment, where no period is open. */
  @Column('uuid', { nullable: true })
  mendingDonationId!: string | null;

  @Column('boolean')
  wantsReceipt!: boolean;

  @Column('text', { nullable: true })
  displayName!: string | null;

  @Column('text')
  locale!: 'fr' | 'en';

  /** Unguessable: opens the donor's own page of this plan. */
  @Column('text')
  token!: string;

  /** When a look at the calendar last asked for a charge. */
  @Column('timestamptz', { nullable: true })
  chargeStagedAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  get amount(): Money {
    return Money.of(this.amountCents, this.currency);
  }
}
