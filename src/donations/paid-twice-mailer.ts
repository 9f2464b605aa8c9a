import { Inject, Injectable } from '@nestjs/common';
import { AssociationQueries } from '../associations/index.js';
import { legalDate, type LegalDate } from '../kernel/clock.js';
import { publicId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { StageMail } from '../mailing/index.js';
import type { Payment } from '../payments/index.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { DEFAULT_ACCENT } from '../platform/templates/accent-theme.js';
import { renderMail, type MailView } from '../platform/templates/render-mail.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import type { Donation } from './donation.entity.js';

/** To the association; names no donor. */
export interface PaidTwiceMailView extends MailView {
  /** Of the payment that is one too many. */
  surplus: { amount: Money; date: LegalDate; /** "pay_…" */ reference: string };
  gift: { amount: Money; date: LegalDate; /** "don_…" */ reference: string };
}

@Injectable()
export class PaidTwiceMailer {
  constructor(
    private readonly associations: AssociationQueries,
    private readonly engine: TemplateEngine,
    private readonly stageMail: StageMail,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** In the running unit; one mail for one payment. */
  async stage(donation: Donation, surplus: Payment): Promise<void> {
    const { name, slug, contactEmail } = await this.associations.get(donation.associationId);
    const view: PaidTwiceMailView = {
      association: { name, colour: DEFAULT_ACCENT },
      privacyUrl: `${this.config.http.publicUrl}/${slug}/donnees-personnelles`,
      surplus: {
        amount: surplus.amount,
        date: legalDate(surplus.paidAt!),
        reference: publicId('payment', surplus.id),
      },
      gift: {
        amount: donation.total,
        date: legalDate(donation.paidAt!),
        reference: publicId('donation', donation.id),
      },
    };
    // The house's own language, as its books and receipts are.
    const { subject, html, text } = renderMail(this.engine, 'paid-twice', 'fr', view);
    await this.stageMail.run({
      fact: `paid-twice:${surplus.id}`,
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
