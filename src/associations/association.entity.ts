import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LegalDate } from '../kernel/clock.js';
import type { LegalCategoryCode } from './legal-category.data.js';
import type { LegalCategoryDetails } from './legal-category.js';
import type { Registration } from './registration.js';

export type FiscalRegime = 'none' | 'general' | 'aid_to_people';

/** How receipt numbers look. They begin anew each year, so the year is always part of them. */
export interface ReceiptNumbering {
  prefix: string;
  year: 'full' | 'short';
  separator: '-' | '/' | '.' | '';
  digits: number;
}

/** The tenant. Personal: signatoryName, contactEmail. */
@Entity('associations')
export class Association {
  @PrimaryColumn('uuid')
  associationId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  slug!: string;

  @Column('jsonb')
  registration!: Registration;

  @Column('text')
  street!: string;

  @Column('text', { nullable: true })
  street2!: string | null;

  @Column('text')
  postalCode!: string;

  @Column('text')
  city!: string;

  /** ISO 3166-1 alpha-2. */
  @Column('char', { length: 2 })
  country!: string;

  /** Its purpose as in the statutes; printed on receipts. */
  @Column('text')
  object!: string;

  @Column('text')
  legalCategory!: LegalCategoryCode;

  @Column('jsonb')
  legalDetails!: LegalCategoryDetails;

  @Column('text')
  fiscalRegime!: FiscalRegime;

  /** Gifts paid before this day have no receipt. */
  @Column('date', { nullable: true })
  fiscalRegimeFrom!: LegalDate | null;

  @Column('jsonb')
  receiptNumbering!: ReceiptNumbering;

  @Column('text', { nullable: true })
  signatoryName!: string | null;

  @Column('text', { nullable: true })
  signatoryRole!: string | null;

  @Column('uuid', { nullable: true })
  signatureFileId!: string | null;

  /** Donors' answers arrive here. */
  @Column('text')
  contactEmail!: string;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
