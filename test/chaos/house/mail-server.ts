import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** What is kept of a mail: thousands come, so the attachments are not. */
export interface TakenMail {
  messageId: string;
  recipient: string;
  subject: string;
  text: string;
  attachments: string[];
}

/** A mail server that can be away. A mail counts as taken when its last line was read, answered or not. */
export class MailServer {
  readonly mails: TakenMail[] = [];
  private server: SMTPServer | undefined;
  private port = 0;
  private reading = Promise.resolve();

  static async start(): Promise<MailServer> {
    const mailServer = new MailServer();
    await mailServer.open();
    return mailServer;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  async open(): Promise<void> {
    if (this.server) return;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 100,
      onData: (stream, session, answer) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          this.take(Buffer.concat(chunks), session.envelope.rcptTo[0]?.address ?? '');
          answer();
        });
      },
    });
    // Clients that are killed in the middle of a mail are what this is for.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Away: connections are refused, and those that were open are cut. */
  async close(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  /** Everything that came is in `mails`. */
  async settled(): Promise<TakenMail[]> {
    await this.reading;
    return this.mails;
  }

  private take(source: Buffer, recipient: string): void {
    this.reading = this.reading.then(async () => {
      const mail = await PostalMime.parse(source);
      this.mails.push({
        messageId: mail.messageId ?? '',
        recipient,
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        attachments: mail.attachments.map(({ filename }) => filename ?? ''),
      });
    });
  }
}
