import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person as they name themselves under one mail address. Personal: everything but the ids. */
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

  @Column('text')
  email!: string;

  @Column('text')
  identityKey!: string;

  @Column('timestamptz')
  createdAt!: Date;
}
