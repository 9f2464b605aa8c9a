import { createTransport } from 'nodemailer';
import { assertNoTransaction } from '../platform/database/ambient-unit.js';
import { MailTransport, type OutgoingMail } from './mail-transport.js';

/**
 * Without SMTP_URL mails stay here: the delivery's own row is what the mailbox page shows. The message
 * is composed all the same, so that what could not be sent for real cannot be sent here either.
 */
export class DemoMailbox extends MailTransport {
  readonly isDemo = true;
  private readonly composer = createTransport({ streamTransport: true, buffer: true });

  async send(mail: OutgoingMail): Promise<void> {
    assertNoTransaction();
    await this.composer.sendMail(mail);
  }

  close(): void {
    this.composer.close();
  }
}
