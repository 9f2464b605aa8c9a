import { Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { DemoMailbox } from './demo-mailbox.js';
import { DemoMailboxQueries } from './demo-mailbox.queries.js';
import './mailing.checks.js';
import { MailTransport } from './mail-transport.js';
import { SendMailHandler } from './send-mail.handler.js';
import { SmtpTransport } from './smtp-transport.js';
import { StageMail } from './stage-mail.js';

@Injectable()
class TransportLifecycle implements OnApplicationShutdown {
  constructor(@Inject(MailTransport) private readonly transport: MailTransport) {}

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

@Module({
  providers: [
    StageMail,
    SendMailHandler,
    DemoMailboxQueries,
    TransportLifecycle,
    {
      provide: MailTransport,
      inject: [APP_CONFIG],
      useFactory: ({ mail }: AppConfig) =>
        mail.smtpUrl ? new SmtpTransport(mail.smtpUrl) : new DemoMailbox(),
    },
  ],
  exports: [StageMail, DemoMailboxQueries],
})
export class MailingModule {}
