import { Inject, Injectable } from '@nestjs/common';
import { DonorQueries } from '../donors/index.js';
import { publicId } from '../kernel/ids.js';
import { StageMail, type MailAttachment } from '../mailing/index.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../platform/queue/define-job.js';
import { DEFAULT_ACCENT } from '../platform/templates/accent-theme.js';
import { renderMail } from '../platform/templates/render-mail.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import { donorNews, earlierFact, receiptNews, type DonorNews, type ReceiptNews } from './donor-news.js';
import type { ReceiptNewsMailView } from './receipt-news.view.js';
import { tellDonorJob, type Notice } from './receipts.jobs.js';
import { factKey } from './return-fact.js';
import { receiptFilename } from './thank-you-mailer.js';
import { ToldFacts, type ToldFact } from './told-fact.js';

const mailFact = (fact: Notice['fact']): string => `donor-${factKey(fact)}`;

/** One mail per refund or dispute to whom it concerns, with the new receipt where there is one. */
@Injectable()
@HandlesJob(tellDonorJob)
export class TellDonorHandler implements JobHandler<Notice> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly facts: ToldFacts,
    private readonly donors: DonorQueries,
    private readonly stageMail: StageMail,
    private readonly engine: TemplateEngine,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  async run(notice: Notice): Promise<void> {
    await this.uow.inTenant(notice.associationId, () => this.tell(notice));
  }

  private async tell(notice: Notice): Promise<void> {
    const told = await this.facts.of(notice);
    const { email } = await this.donors.get(told.gift.donation.donorId);
    const news = await this.news(notice, told);
    if (email === null || news === null) return;
    const { association, donation } = told.gift;
    const receipt = receiptNews(told);
    const view = this.view(told, news, receipt);
    const { subject, html, text } = renderMail(this.engine, 'receipt-news', donation.locale, view);
    await this.stageMail.run({
      fact: mailFact(notice.fact),
      recipient: email,
      senderName: association.name,
      replyTo: association.contactEmail,
      subject,
      html,
      bodyText: text,
      attachments: attachments(told, receipt),
    });
  }

  private async news({ fact }: Notice, told: ToldFact): Promise<DonorNews | null> {
    return donorNews({
      fact,
      isCorrection: told.isCorrection,
      touchesReceipt: told.cancelled !== null || told.issued !== null,
      wasTold: await this.stageMail.hasAny([mailFact(earlierFact(fact))]),
    });
  }

  private view({ gift, returned }: ToldFact, news: DonorNews, receipt: ReceiptNews): ReceiptNewsMailView {
    const { association, donation, paidOn } = gift;
    const { publicUrl } = this.config.http;
    return {
      association: { name: association.name, colour: DEFAULT_ACCENT },
      news,
      returned,
      gift: { amount: donation.amount, date: paidOn, reference: publicId('donation', donation.id) },
      receipt,
      statusUrl: `${publicUrl}/don/${donation.token}`,
      privacyUrl: `${publicUrl}/${association.slug}/donnees-personnelles`,
    };
  }
}

function attachments({ issued }: ToldFact, { state }: ReceiptNews): MailAttachment[] {
  if (!issued?.pdfFileId || (state !== 'replaced' && state !== 'issued')) return [];
  return [{ fileId: issued.pdfFileId, filename: receiptFilename(issued.number) }];
}
