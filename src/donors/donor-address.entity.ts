import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a donor lived when they said so. Rows are added, never changed. Personal: everything but the ids. */
@Entity('donor_addresses')
export class DonorAddress {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  donorId!: string;

  @Column('text')
  line1!: string;

  @Column('text', { nullable: true })
  line2!: string | null;

  @Column('text')
  postalCode!: string;

  @Column('text')
  city!: string;

  /** ISO 3166-1 alpha-2. */
  @Column('char', { length: 2 })
  country!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
