import { Column, Entity, PrimaryColumn } from 'typeorm';

export interface MailAttachment {
  /** A stored file of the same association. */
  fileId: string;
  filename: string;
}

/** One mail about one fact. Personal: recipient, subject, html, bodyText. */
@Entity('mail_deliveries')
export class MailDelivery {
  @PrimaryColumn('uuid')
  associationId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  /** What it tells, `thank-you:<donation>`: unique, so that no fact is mailed twice. */
  @Column('text')
  fact!: string;

  @Column('text')
  state!: 'queued' | 'sent' | 'failed';

  @Column('text')
  recipient!: string;

  @Column('text')
  senderName!: string;

  @Column('text')
  replyTo!: string;

  @Column('text')
  subject!: string;

  @Column('text')
  html!: string;

  @Column('text')
  bodyText!: string;

  @Column('jsonb')
  attachments!: MailAttachment[];

  @Column('text', { nullable: true })
  lastError!: string | null;

  @Column('timestamptz', { nullable: true })
  sentAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;
}
