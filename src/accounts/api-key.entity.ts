import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LegalDate } from '../kernel/clock.js';
import type { Role } from '../platform/http/access.js';

@Entity('api_keys')
export class ApiKey {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  role!: Role;

  @Column('bytea')
  tokenHash!: Buffer;

  /** The last characters, to tell keys apart. */
  @Column('text')
  hint!: string;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('date', { nullable: true })
  lastUsedOn!: LegalDate | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
