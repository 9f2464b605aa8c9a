/** A mail as it leaves the house. */
export interface OutgoingMail {
  /** Stable for a delivery: should it leave twice, mail programs show it once. */
  messageId: string;
  from: { name: string; address: string };
  to: string;
  replyTo: string;
  subject: string;
  html: string;
  text: string;
  attachments: Array<{ filename: string; contentType: string; content: Buffer }>;
}

/** The door to the mail server. Never called inside a database transaction. */
export abstract class MailTransport {
  /** Are mails kept here, to be read on the demo mailbox page? */
  abstract readonly isDemo: boolean;
  /** @throws DomainError `mail_not_accepted` */
  abstract send(mail: OutgoingMail): Promise<void>;
  abstract close(): void;
}
