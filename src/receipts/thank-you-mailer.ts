import { Inject, Injectable } from '@nestjs/common';
import { PlanQueries, planUrl } from '../donations/index.js';
import type { Donor } from '../donors/index.js';
import type { Form } from '../forms/index.js';
import { publicId } from '../kernel/ids.js';
import { StageMail, type MailAttachment } from '../mailing/index.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { DEFAULT_ACCENT } from '../platform/templates/accent-theme.js';
import { renderMail } from '../platform/templates/render-mail.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import type { ReceiptCase } from './receipt-case.js';
import type { NoReceiptReason } from './receipt-decision.js';
import type { Receipt } from './receipt.entity.js';
import { thankYouFact } from './thanks-given.js';
import type { ThankYouMailView } from './thank-you.view.js';

export interface Thanks {
  gift: ReceiptCase;
  receipt: Receipt | null;
  donor: Donor;
  /** Null: a gift that came through no form. */
  form: Form | null;
}

/** Words the thanks for one gift and hands them to the mailing. */
@Injectable()
export class ThankYouMailer {
  constructor(
    private readonly engine: TemplateEngine,
    private readonly stageMail: StageMail,
    private readonly plans: PlanQueries,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** In a unit. A donor without a mail address is thanked by the association itself. */
  async stage(thanks: Thanks): Promise<void> {
    const recipient = thanks.donor.email;
    if (recipient === null) return;
    const { donation, association } = thanks.gift;
    const view = { ...this.view(thanks), ...(await this.manage(donation.planId)) };
    const { subject, html, text } = renderMail(this.engine, 'thank-you', donation.locale, view);
    await this.stageMail.run({
      fact: thankYouFact(donation.id, Boolean(thanks.receipt?.pdfFileId)),
      recipient,
      senderName: association.name,
      replyTo: association.contactEmail,
      subject,
      html,
      bodyText: text,
      attachments: attachments(thanks.receipt),
    });
  }

  /** A gift that comes again is changed and stopped from every mail about it. */
  private async manage(planId: string | null): Promise<Pick<ThankYouMailView, 'manageUrl'>> {
    if (planId === null) return {};
    return { manageUrl: planUrl(this.config.http.publicUrl, await this.plans.get(planId)) };
  }

  private view({ gift, receipt, donor, form }: Thanks): ThankYouMailView {
    const { donation, association } = gift;
    const { publicUrl } = this.config.http;
    return {
      association: { name: association.name, colour: form?.colour ?? DEFAULT_ACCENT },
      signatory: {
        name: association.signatoryName ?? association.name,
        role: association.signatoryRole ?? '',
      },
      firstName: donor.firstName,
      amount: donation.amount,
      date: gift.paidOn,
      ...(form && { formTitle: form.title }),
      ...(donation.tip.isPositive() && { tip: donation.tip }),
      reference: publicId('donation', donation.id),
      ...(form?.thankYouText && { thankYouText: form.thankYouText }),
      receipt: receiptWords(receipt, gift.noReceipt),
      statusUrl: `${publicUrl}/don/${donation.token}`,
      privacyUrl: `${publicUrl}/${association.slug}/donnees-personnelles`,
    };
  }
}

function receiptWords(receipt: Receipt | null, reason: NoReceiptReason | null): ThankYouMailView['receipt'] {
  if (receipt?.pdfFileId) return { state: 'attached', number: receipt.number };
  return reason === null ? { state: 'later' } : { state: 'none', reason };
}

function attachments(receipt: Receipt | null): MailAttachment[] {
  if (!receipt?.pdfFileId) return [];
  return [{ fileId: receipt.pdfFileId, filename: receiptFilename(receipt.number) }];
}

/** A separator of the numbering may be a slash. */
export function receiptFilename(number: string): string {
  return `recu-fiscal-${number.replaceAll('/', '-')}.pdf`;
}
