import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IdKind } from '../kernel/ids.js';
import type { AlertKind } from './alert-kinds.js';

/** Raised once for a fact, open until somebody or something resolves it. Holds no personal data. */
@Entity('alerts')
export class Alert {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: AlertKind;

  /** Unique: what happened, however often it is noticed. */
  @Column('text')
  fact!: string;

  @Column('text')
  subjectType!: IdKind;

  @Column('uuid')
  subjectId!: string;

  /** Public ids, amounts, codes. */
  @Column('jsonb')
  details!: Record<string, unknown>;

  @Column('timestamptz')
  raisedAt!: Date;

  @Column('timestamptz', { nullable: true })
  resolvedAt!: Date | null;

  /** Actor of the journal; `system` when the cause went away by itself. */
  @Column('text', { nullable: true })
  resolvedBy!: string | null;

  /** How, in the resolver's words. */
  @Column('text', { nullable: true })
  resolution!: string | null;
}
