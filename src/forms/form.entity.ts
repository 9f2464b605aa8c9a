import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Currency } from '../kernel/money.js';
import { CentsColumn } from '../platform/database/cents.column.js';
import type { FormState } from './form.state.js';

export interface SuggestedAmount {
  cents: number;
  /** What it pays for: « un kit de semences ». */
  label?: string;
}

export const DONOR_FIELDS = ['address', 'message'] as const;
/** What a form may ask for besides name and mail. */
export type DonorField = (typeof DONOR_FIELDS)[number];

export const FREQUENCIES = ['once', 'monthly', 'quarterly', 'yearly'] as const;
/** How often a gift may be given. */
export type FormFrequency = (typeof FREQUENCIES)[number];

/** A gift form. Nothing personal. */
@Entity('forms')
export class Form {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  slug!: string;

  @Column('text')
  state!: FormState;

  @Column('text')
  title!: string;

  /** Plain text; blank lines part paragraphs. */
  @Column('text')
  description!: string;

  @Column('char', { length: 3 })
  currency!: Currency;

  @Column('jsonb')
  suggestedAmounts!: SuggestedAmount[];

  @Column('boolean')
  allowsFreeAmount!: boolean;

  @CentsColumn()
  minimumCents!: number;

  @CentsColumn()
  maximumCents!: number;

  @Column('jsonb')
  requiredDonorFields!: DonorField[];

  /** One at least. */
  @Column('jsonb')
  frequencies!: FormFrequency[];

  /** The association's own words after a gift, on the page and in the mail. */
  @Column('text')
  thankYouText!: string;

  /** "#rrggbb" */
  @Column('text')
  colour!: string;

  @Column('uuid', { nullable: true })
  logoFileId!: string | null;

  @CentsColumn({ nullable: true })
  goalCents!: number | null;

  /** May donors add a contribution to the platform? @see FormQueries.offersTip */
  @Column('boolean')
  platformTip!: boolean;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
