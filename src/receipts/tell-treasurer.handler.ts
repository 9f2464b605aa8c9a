import { Inject, Injectable } from '@nestjs/common';
import { publicId } from '../kernel/ids.js';
import { StageMail } from '../mailing/index.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { DEFAULT_ACCENT } from '../platform/templates/accent-theme.js';
import { renderMail } from '../platform/templates/render-mail.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import type { TreasurerMailView, TreasurerNews } from './receipt-news.view.js';
import { tellTreasurerJob, type Notice } from './receipts.jobs.js';
import { factKey, type ReturnFact } from './return-fact.js';
import { ToldFacts, type ToldFact } from './told-fact.js';

/** A treasurer is told what came from outside; not of refunds that go as asked for. */
@Injectable()
@HandlesJob(tellTreasurerJob)
export class TellTreasurerHandler implements JobHandler<Notice> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly facts: ToldFacts,
    private readonly stageMail: StageMail,
    private readonly engine: TemplateEngine,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  async run(notice: Notice): Promise<void> {
    const news = treasurerNews(notice.fact);
    if (news) await this.uow.inTenant(notice.associationId, () => this.tell(notice, news));
  }

  private async tell(notice: Notice, news: TreasurerNews): Promise<void> {
    const told = await this.facts.of(notice);
    const { name, contactEmail } = told.gift.association;
    // The house's own language: an association writes French to the tax office too.
    const { subject, html, text } = renderMail(this.engine, 'treasurer-notice', 'fr', this.view(told, news));
    await this.stageMail.run({
      fact: `treasurer-${factKey(notice.fact)}`,
      recipient: contactEmail,
      senderName: name,
      replyTo: contactEmail,
      subject,
      html,
      bodyText: text,
      attachments: [],
    });
  }

  private view(
    { gift, returned, reason, cancelled, issued }: ToldFact,
    news: TreasurerNews,
  ): TreasurerMailView {
    const { association, donation, paidOn } = gift;
    return {
      association: { name: association.name, colour: DEFAULT_ACCENT },
      news,
      returned,
      ...(reason !== null && { reason }),
      gift: { amount: donation.amount, date: paidOn, reference: publicId('donation', donation.id) },
      receipts: {
        ...(cancelled && { cancelled: cancelled.number }),
        ...(issued && { issued: issued.number }),
      },
      privacyUrl: `${this.config.http.publicUrl}/${association.slug}/donnees-personnelles`,
    };
  }
}

function treasurerNews({ kind, to }: ReturnFact): TreasurerNews | null {
  if (kind === 'refund') return to === 'failed' ? 'refund_failed' : null;
  if (to === 'lost') return null;
  return to === 'won' ? 'dispute_won' : 'dispute_opened';
}
