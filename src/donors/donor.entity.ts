import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person as they name themselves under one mail address, or without one under a postal address. Personal: everything but the ids. */
@Entity('donors')
export class Donor {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: 'individual';

  @Column('text')
  firstName!: string;

  @Column('text')
  lastName!: string;

  /** Null: known from a gift by cheque or in cash, and no mail can be sent. */
  @Column('text', { nullable: true })
  email!: string | null;

  @Column('text')
  identityKey!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
