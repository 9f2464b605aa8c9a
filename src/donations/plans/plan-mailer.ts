import { Inject, Injectable } from '@nestjs/common';
import { AssociationQueries } from '../../associations/index.js';
import { DonorQueries } from '../../donors/index.js';
import { FormQueries } from '../../forms/index.js';
import type { LegalDate } from '../../kernel/clock.js';
import { StageMail } from '../../mailing/index.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { renderMail } from '../../platform/templates/render-mail.js';
import { TemplateEngine } from '../../platform/templates/template-engine.js';
import { leadsToMending, planMailWords, type PlanMailView } from './plan-mail.view.js';
import type { PlanPeriod } from './plan-period.entity.js';
import { nextDebitOn } from './plan-rules.js';
import type { Plan } from './plan.entity.js';
import type { PlanNews } from './tell-donor.js';

export interface PlanTold {
  plan: Plan;
  /** The newest period. */
  latest: PlanPeriod | null;
  news: PlanNews;
  about: string;
  today: LegalDate;
}

/** Words news of a plan and hands them to the mailing. */
@Injectable()
export class PlanMailer {
  constructor(
    private readonly engine: TemplateEngine,
    private readonly stageMail: StageMail,
    private readonly donors: DonorQueries,
    private readonly associations: AssociationQueries,
    private readonly forms: FormQueries,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** In a unit. A donor without a mail address is not written to. */
  async stage(told: PlanTold): Promise<void> {
    const { plan, news, about } = told;
    const donor = await this.donors.get(plan.donorId);
    if (donor.email === null) return;
    const association = await this.associations.get(plan.associationId);
    const { subject, html, text } = await this.draw(told, donor.firstName, association);
    await this.stageMail.run({
      fact: `plan-${news}:${plan.id}:${about}`,
      recipient: donor.email,
      senderName: association.name,
      replyTo: association.contactEmail,
      subject,
      html,
      bodyText: text,
      attachments: [],
    });
  }

  private async draw(told: PlanTold, firstName: string, { name, slug }: { name: string; slug: string }) {
    const { plan, news, latest, today } = told;
    const form = await this.forms.get(plan.formId);
    const { publicUrl } = this.config.http;
    const manageUrl = planUrl(publicUrl, plan);
    const { actionText, ...words } = planMailWords(
      {
        news,
        association: name,
        firstName,
        formTitle: form.title,
        frequency: plan.frequency,
        amount: plan.amount,
        nextOn: nextDebitOn(plan, today),
        retryOn: latest?.nextAttemptOn ?? null,
        cardExpiresOn: plan.cardExpiresOn,
        endedReason: plan.endedReason,
      },
      this.engine.translator(plan.locale),
    );
    const view: PlanMailView = {
      ...words,
      association: { name, colour: form.colour },
      privacyUrl: `${publicUrl}/${slug}/donnees-personnelles`,
      action: { text: actionText, url: leadsToMending(news) ? `${manageUrl}#moyen` : manageUrl },
      manageUrl,
    };
    return renderMail(this.engine, 'plan-news', plan.locale, view);
  }
}

/** The donor's own page of a plan. */
export function planUrl(publicUrl: string, { token }: Pick<Plan, 'token'>): string {
  return `${publicUrl}/mon-don/${token}`;
}
