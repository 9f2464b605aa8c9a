import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  messageId: string;
  from: { name: string; address: string };
  to: string[];
  replyTo: string | undefined;
  subject: string;
  html: string;
  text: string;
  attachments: Array<{ filename: string | null; mimeType: string; content: Buffer }>;
}

export interface SmtpSink {
  url: string;
  /** In the order in which they came, doubles included. */
  mails: ReceivedMail[];
  /** Says "try later" to the next mails. */
  refuseNext(times: number): void;
  /** Takes mails but answers nobody until `release()`. */
  hold(): void;
  release(): void;
  close(): Promise<void>;
}

/** A mail server on this machine that keeps what it gets: a real SMTP conversation, read back by a mail parser. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  let refusals = 0;
  let held: Array<() => void> | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusals > 0) {
          refusals -= 1;
          return answer(Object.assign(new Error('The mailbox is busy'), { responseCode: 451 }));
        }
        const to = session.envelope.rcptTo.map(({ address }) => address);
        void read(Buffer.concat(chunks), to).then((mail) => {
          mails.push(mail);
          if (held) held.push(() => answer());
          else answer();
        });
      });
    },
  });
  // A client that is killed in the middle of its mail is what some tests want.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const release = (): void => {
    const waiting = held ?? [];
    held = null;
    for (const answer of waiting) answer();
  };
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuseNext: (times) => (refusals = times),
    hold: () => (held = held ?? []),
    release,
    close: async () => {
      release();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(source: Buffer, to: string[]): Promise<ReceivedMail> {
  const mail = await PostalMime.parse(source);
  return {
    messageId: mail.messageId ?? '',
    from: { name: mail.from?.name ?? '', address: mail.from?.address ?? '' },
    to,
    replyTo: mail.replyTo?.[0]?.address,
    subject: mail.subject ?? '',
    html: mail.html ?? '',
    text: mail.text ?? '',
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      filename,
      mimeType,
      content: Buffer.from(content as ArrayBuffer),
    })),
  };
}
