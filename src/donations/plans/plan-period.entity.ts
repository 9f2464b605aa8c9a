import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LegalDate } from '../../kernel/clock.js';
import type { FailureKind } from './failure-kind.js';
import type { PlanPeriodState } from './plan-period.state.js';

/** One time that a plan fell due. Nothing personal. */
@Entity('plan_periods')
export class PlanPeriod {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  planId!: string;

  @PrimaryColumn('date')
  dueOn!: LegalDate;

  @Column('text')
  state!: PlanPeriodState;

  /** Null when it was skipped. */
  @Column('uuid', { nullable: true })
  donationId!: string | null;

  /** How often the mandate was charged for it; 0 when the donor paid it. */
  @Column('smallint')
  attempts!: number;

  @Column('date', { nullable: true })
  firstFailedOn!: LegalDate | null;

  @Column('date', { nullable: true })
  nextAttemptOn!: LegalDate | null;

  @Column('text', { nullable: true })
  failureKind!: FailureKind | null;

  @Column('text', { nullable: true })
  failureReason!: string | null;

  @Column('text', { nullable: true })
  skippedBecause!: 'downtime' | 'paused' | null;

  @Column('timestamptz')
  createdAt!: Date;
}
