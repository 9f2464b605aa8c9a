import type { LegalDate } from '../../kernel/clock.js';
import type { Money } from '../../kernel/money.js';
import type { MailView } from '../../platform/templates/render-mail.js';
import type { Translator } from '../../platform/templates/translations.js';
import type { PlanFrequency } from './plan.entity.js';
import type { PlanNews } from './tell-donor.js';

/** News of a plan. Personal throughout: never logged. */
export interface PlanMailView extends MailView {
  subject: string;
  title: string;
  paragraphs: string[];
  /** What the donor may do, as a link to their page. */
  action: { text: string; url: string };
  manageUrl: string;
}

export interface PlanMailFacts {
  news: PlanNews;
  association: string;
  firstName: string;
  formTitle: string;
  frequency: PlanFrequency;
  amount: Money;
  /** Of the next debit, where one is planned. */
  nextOn: LegalDate | null;
  /** Of the next try of what failed. */
  retryOn: LegalDate | null;
  cardExpiresOn: LegalDate | null;
  endedReason: string | null;
}

/** Where the donor is led: to the means of payment, or to the page as a whole. */
const MENDS: ReadonlySet<PlanNews> = new Set(['failed', 'gave_up', 'ended', 'card_expiring']);
const WITHOUT_NEXT: ReadonlySet<PlanNews> = new Set(['failed', 'ended', 'stopped']);

export function planMailWords(
  facts: PlanMailFacts,
  { t, format }: Translator,
): Omit<PlanMailView, 'association' | 'privacyUrl' | 'action' | 'manageUrl'> & { actionText: string } {
  const { news, nextOn, retryOn, cardExpiresOn } = facts;
  const params = {
    association: facts.association,
    firstName: facts.firstName,
    form: facts.formTitle,
    gift: t(`plan.gift.${facts.frequency}`),
    each: t(`plan.each.${facts.frequency}`),
    amount: format.money(facts.amount),
    retry: retryOn ? format.date(retryOn) : '',
    expiry: cardExpiresOn ? format.date(cardExpiresOn) : '',
  };
  const lead = news === 'ended' ? `plan.mail.ended.${facts.endedReason}` : `plan.mail.${news}.lead`;
  const next = WITHOUT_NEXT.has(news)
    ? undefined
    : nextOn
      ? t('plan.mail.next', { ...params, date: format.date(nextOn) })
      : t('plan.mail.noNext', params);
  const more = ['failed', 'gave_up', 'ended', 'stopped', 'disputed', 'card_expiring'].includes(news)
    ? t(`plan.mail.${news}.more`, params)
    : undefined;
  return {
    subject: t(`plan.mail.${news}.subject`, params),
    title: t(`plan.mail.${news}.title`, params),
    paragraphs: [t(lead, params), next, more].filter((text) => text !== undefined),
    actionText: t(MENDS.has(news) ? `plan.mail.${news}.action` : 'plan.mail.manage', params),
  };
}

export function leadsToMending(news: PlanNews): boolean {
  return MENDS.has(news);
}
