import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Money, type Currency } from '../kernel/money.js';
import { CentsColumn } from '../platform/database/cents.column.js';
import type { PlanFrequency } from './plans/plan.entity.js';
import type { DonationState } from './donation.state.js';

/** How often a donor gives. */
export type Frequency = 'once' | PlanFrequency;

/** A gift. Personal: message, displayName. */
@Entity('donations')
export class Donation {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  /** Null: a gift that came through no form. */
  @Column('uuid', { nullable: true })
  formId!: string | null;

  @Column('uuid')
  donorId!: string;

  /** The address given with this gift; a receipt needs it. */
  @Column('uuid', { nullable: true })
  donorAddressId!: string | null;

  @Column('text')
  state!: DonationState;

  @Column('text')
  frequency!: Frequency;

  /** Of which it is one; null when it is given once. */
  @Column('uuid', { nullable: true })
  planId!: string | null;

  /** The gift alone: what the association collects, and what a receipt says. */
  @CentsColumn()
  amountCents!: number;

  /** What the donor adds for the platform. Never the association's, on no receipt. */
  @CentsColumn()
  tipCents!: number;

  @Column('char', { length: 3 })
  currency!: Currency;

  @Column('boolean')
  wantsReceipt!: boolean;

  @Column('text', { nullable: true })
  message!: string | null;

  @Column('text', { nullable: true })
  displayName!: string | null;

  @Column('text')
  locale!: 'fr' | 'en';

  /** Unguessable: opens the donor's own page of this gift. */
  @Column('text')
  token!: string;

  /** One request of the donor makes one gift, however often it arrives. */
  @Column('text')
  requestKey!: string;

  @Column('timestamptz', { nullable: true })
  paidAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;

  get amount(): Money {
    return Money.of(this.amountCents, this.currency);
  }

  get tip(): Money {
    return Money.of(this.tipCents, this.currency);
  }

  /** What the donor pays. */
  get total(): Money {
    return this.amount.plus(this.tip);
  }
}
