export { DemoMailboxQueries } from './demo-mailbox.queries.js';
export { MailDelivery, type MailAttachment } from './mail-delivery.entity.js';
export { MailingModule } from './mailing.module.js';
export { StageMail, type NewMail } from './stage-mail.js';
