import { Inject, Injectable } from '@nestjs/common';
import { RaiseAlert } from '../alerts/index.js';
import { publicId } from '../kernel/ids.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { StoredFiles } from '../platform/storage/stored-files.js';
import { MailDelivery } from './mail-delivery.entity.js';
import { MailTransport, type OutgoingMail } from './mail-transport.js';
import { sendMailJob } from './mailing.jobs.js';

interface Target {
  associationId: string;
  deliveryId: string;
}

/**
 * Reads, sends, writes down. SMTP knows no "exactly once": killed between the last two, it sends again with
 * the same Message-ID. Losing a receipt would be worse.
 */
@Injectable()
@HandlesJob(sendMailJob)
export class SendMailHandler implements JobHandler<{ associationId: string; deliveryId: string }> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly files: StoredFiles,
    private readonly transport: MailTransport,
    private readonly raiseAlert: RaiseAlert,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  async run({ associationId, deliveryId }: Target): Promise<void> {
    const mail = await this.uow.inTenant(associationId, async () => {
      const delivery = await this.get(deliveryId);
      return delivery.state === 'sent' ? undefined : this.compose(delivery);
    });
    if (!mail) return;
    await this.transport.send(mail);
    await this.mark({ associationId, deliveryId }, `state = 'sent', sent_at = now(), last_error = NULL`);
  }

  async onExhausted(target: Target, error: Error): Promise<void> {
    await this.uow.inTenant(target.associationId, async () => {
      await this.mark(target, `state = 'failed', last_error = $3`, [error.message]);
      await this.raiseAlert.run({ kind: 'mail_failed', subject: { type: 'mail', id: target.deliveryId } });
    });
  }

  private get(id: string): Promise<MailDelivery> {
    return this.uow.manager.findOneByOrFail(MailDelivery, { associationId: this.uow.associationId, id });
  }

  private async compose(delivery: MailDelivery): Promise<OutgoingMail> {
    const attachments = [];
    for (const { fileId, filename } of delivery.attachments) {
      const { bytes, mediaType } = await this.files.get(fileId);
      attachments.push({ filename, contentType: mediaType, content: bytes });
    }
    return {
      messageId: `<${publicId('mail', delivery.id)}@${this.config.mail.from.split('@')[1]}>`,
      from: { name: delivery.senderName, address: this.config.mail.from },
      to: delivery.recipient,
      replyTo: delivery.replyTo,
      subject: delivery.subject,
      html: delivery.html,
      text: delivery.bodyText,
      attachments,
    };
  }

  private async mark(
    { associationId, deliveryId }: Target,
    change: string,
    values: unknown[] = [],
  ): Promise<void> {
    await this.uow.inTenant(associationId, () =>
      this.uow.execute(
        `UPDATE mail_deliveries SET ${change} WHERE association_id = $1 AND id = $2 AND state <> 'sent'`,
        [associationId, deliveryId, ...values],
      ),
    );
  }
}
