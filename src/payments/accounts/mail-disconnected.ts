import { Inject, Injectable } from '@nestjs/common';
import { AssociationQueries } from '../../associations/index.js';
import { legalDate, type Clock, type LegalDate } from '../../kernel/clock.js';
import { StageMail } from '../../mailing/index.js';
import { CLOCK } from '../../platform/clock.token.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { ListensTo, type EventListener } from '../../platform/events/domain-events.js';
import { DEFAULT_ACCENT } from '../../platform/templates/accent-theme.js';
import { renderMail, type MailView } from '../../platform/templates/render-mail.js';
import { TemplateEngine } from '../../platform/templates/template-engine.js';
import { AccountDisconnected, type AccountDisconnectedPayload } from './accounts.events.js';

/** To the association. */
export interface AccountDisconnectedMailView extends MailView {
  date: LegalDate;
}

/** No gift can be paid until somebody acts; not everybody looks at alerts. */
@Injectable()
@ListensTo(AccountDisconnected)
export class MailDisconnected implements EventListener<AccountDisconnectedPayload> {
  constructor(
    private readonly associations: AssociationQueries,
    private readonly engine: TemplateEngine,
    private readonly stageMail: StageMail,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  async on({ associationId, accountId }: AccountDisconnectedPayload): Promise<void> {
    const { name, slug, contactEmail } = await this.associations.get(associationId);
    const view: AccountDisconnectedMailView = {
      association: { name, colour: DEFAULT_ACCENT },
      privacyUrl: `${this.config.http.publicUrl}/${slug}/donnees-personnelles`,
      date: legalDate(this.clock.now()),
    };
    const { subject, html, text } = renderMail(this.engine, 'account-disconnected', 'fr', view);
    await this.stageMail.run({
      fact: `account-disconnected:${accountId}`,
      recipient: contactEmail,
      senderName: name,
      replyTo: contactEmail,
      subject,
      html,
      bodyText: text,
      attachments: [],
    });
  }
}
