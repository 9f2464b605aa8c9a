import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Outbox } from '../platform/queue/outbox.js';
import type { MailDelivery } from './mail-delivery.entity.js';
import { sendMailJob } from './mailing.jobs.js';

export type NewMail = Pick<
  MailDelivery,
  'fact' | 'recipient' | 'senderName' | 'replyTo' | 'subject' | 'html' | 'bodyText' | 'attachments'
>;

/** Writes a mail down in the running unit; it is sent after the commit. */
@Injectable()
export class StageMail {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
  ) {}

  /** Was one of these facts mailed, or is about to be? */
  async hasAny(facts: string[]): Promise<boolean> {
    const [row] = await this.uow.query<{ found: boolean }>(
      `SELECT EXISTS (SELECT FROM mail_deliveries WHERE association_id = $1 AND fact = ANY($2)) AS found`,
      [this.uow.associationId, facts],
    );
    return row!.found;
  }

  /** @returns false when this fact was mailed, or is about to be, already */
  async run(mail: NewMail): Promise<boolean> {
    const id = newId();
    const { associationId } = this.uow;
    const inserted = await this.uow.execute(
      `INSERT INTO mail_deliveries (association_id, id, fact, state, recipient, sender_name, reply_to, subject, html, body_text, attachments)
       VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT ON CONSTRAINT mail_deliveries_fact_unique DO NOTHING`,
      [
        associationId,
        id,
        mail.fact,
        mail.recipient,
        mail.senderName,
        mail.replyTo,
        mail.subject,
        mail.html,
        mail.bodyText,
        JSON.stringify(mail.attachments),
      ],
    );
    if (inserted === 1) await this.outbox.stage(sendMailJob, { associationId, deliveryId: id });
    return inserted === 1;
  }
}
