import { Injectable } from '@nestjs/common';
import { DomainError } from '../kernel/domain-error.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { StoredFiles, type StoredFile } from '../platform/storage/stored-files.js';
import { MailDelivery } from './mail-delivery.entity.js';
import { MailTransport } from './mail-transport.js';

const SHOWN = 50;
const WHY = 'the demo mailbox shows every mail of this demonstration';
const notFound = () => new DomainError('not_found', 'mail_not_found', 'There is no such mail.');

/** What the demo mailbox page shows. With a mail server configured there is no such page. */
@Injectable()
export class DemoMailboxQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly transport: MailTransport,
    private readonly files: StoredFiles,
  ) {}

  get isOpen(): boolean {
    return this.transport.isDemo;
  }

  /** Newest first. */
  async latest(): Promise<MailDelivery[]> {
    this.assertOpen();
    return this.uow.acrossTenants(WHY, () =>
      this.uow.manager.find(MailDelivery, {
        where: { state: 'sent' },
        order: { sentAt: 'DESC' },
        take: SHOWN,
      }),
    );
  }

  /** @throws DomainError `mail_not_found` */
  async get(id: string): Promise<MailDelivery> {
    this.assertOpen();
    const mail = await this.uow.acrossTenants(WHY, () =>
      this.uow.manager.findOneBy(MailDelivery, { id, state: 'sent' }),
    );
    if (!mail) throw notFound();
    return mail;
  }

  /** @throws DomainError `mail_not_found` */
  async attachment(id: string, index: number): Promise<StoredFile & { filename: string }> {
    const mail = await this.get(id);
    const attachment = mail.attachments[index];
    if (!attachment) throw notFound();
    const file = await this.uow.inTenant(mail.associationId, () => this.files.get(attachment.fileId));
    return { ...file, filename: attachment.filename };
  }

  private assertOpen(): void {
    if (!this.isOpen) throw notFound();
  }
}
