import { createTransport, type Transporter } from 'nodemailer';
import { DomainError } from '../kernel/domain-error.js';
import { assertNoTransaction } from '../platform/database/ambient-unit.js';
import { MailTransport, type OutgoingMail } from './mail-transport.js';

const TIMEOUT_MS = 20_000;

/** Hands mails to an SMTP server. */
export class SmtpTransport extends MailTransport {
  readonly isDemo = false;
  private readonly transporter: Transporter;

  constructor(smtpUrl: string) {
    super();
    this.transporter = createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: 4,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // What a template or a name contains is text; nothing is read from disk or from the net.
      disableFileAccess: true,
      disableUrlAccess: true,
    } as never);
  }

  async send(mail: OutgoingMail): Promise<void> {
    assertNoTransaction();
    try {
      await this.transporter.sendMail(mail);
    } catch (error) {
      const { code, responseCode } = error as { code?: string; responseCode?: number };
      // The server's words may quote the recipient: only its codes go on.
      throw new DomainError(
        'unavailable',
        'mail_not_accepted',
        `The mail server did not take the mail (${responseCode ?? code ?? 'no answer'}).`,
      );
    }
  }

  close(): void {
    this.transporter.close();
  }
}
