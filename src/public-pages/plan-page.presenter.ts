import { mendingPays, nextDebitOn, type Plan, type PlanHistory } from '../donations/index.js';
import type { FieldError } from '../kernel/domain-error.js';
import { Money } from '../kernel/money.js';
import type { Translator } from '../platform/templates/translations.js';
import { toAssociationView } from './association-view.js';
import { wordGiftErrors } from './gift-errors.js';
import type { PlanPageFacts } from './plan-page.reader.js';
import {
  STOP_REASONS,
  type PlanHistoryLine,
  type PlanNotice,
  type PlanPageView,
  type PlanStopView,
} from './plan-page.view.js';

/** A refused change of the amount, to show it again. */
export interface TypedAmount {
  text: string;
  errors: readonly FieldError[];
}

interface Shown {
  notice?: PlanNotice | undefined;
  typed?: TypedAmount | undefined;
}

export function presentPlanPage(
  facts: PlanPageFacts,
  translator: Translator,
  shown: Shown = {},
): PlanPageView {
  const { plan, association, form, today } = facts;
  const { t, format } = translator;
  const own = planPath(plan);
  const gift = t(`plan.gift.${plan.frequency}`);
  const nextOn = nextDebitOn(plan, today);
  return {
    association: toAssociationView(association, today, form),
    firstName: facts.firstName,
    state: plan.state,
    heading: t(`plan.page.${plan.state}.title`, { gift }),
    lead: lead(facts, translator),
    ...(plan.state === 'pending' && { beginUrl: `/don/${facts.firstToken}` }),
    ...(shown.notice && { notice: t(`plan.notice.${shown.notice}`) }),
    gift: {
      amount: format.money(plan.amount),
      each: t(`plan.each.${plan.frequency}`),
      formTitle: form.title,
      formUrl: `/${association.slug}/${form.slug}`,
      ...(nextOn !== null && { nextOn }),
    },
    history: facts.history.map((period) => historyLine(period, plan, translator)),
    ...((plan.state === 'active' || plan.state === 'paused') && {
      change: presentChange(facts, translator, shown.typed),
      pause: { url: `${own}/pause` },
      stop: { url: `${own}/arreter` },
    }),
    ...(plan.state === 'paused' && {
      resume: { url: `${own}/reprendre`, text: t('plan.page.resumeText') },
    }),
    ...presentMending(facts, translator),
  };
}

export function presentPlanStop(
  { plan, association, form, today }: PlanPageFacts,
  translator: Translator,
): PlanStopView {
  const { t, format } = translator;
  const gift = t(`plan.gift.${plan.frequency}`);
  return {
    association: toAssociationView(association, today, form),
    heading: t('plan.stop.title', { gift }),
    text: t('plan.stop.text', { amount: format.money(plan.amount), gift, association: association.name }),
    action: `${planPath(plan)}/arreter`,
    backUrl: planPath(plan),
    reasons: STOP_REASONS.map((value) => ({ value, label: t(`plan.stop.reason.${value}`) })),
  };
}

export function planPath({ token }: Pick<Plan, 'token'>): string {
  return `/mon-don/${token}`;
}

function lead({ plan, association, history, today }: PlanPageFacts, { t, format }: Translator): string {
  const nextOn = nextDebitOn(plan, today);
  const params = {
    amount: format.money(plan.amount),
    each: t(`plan.each.${plan.frequency}`),
    association: association.name,
    date: nextOn === null ? '' : format.date(nextOn),
  };
  switch (plan.state) {
    case 'pending':
      return t('plan.page.pending.lead', params);
    case 'active': {
      const failed = history[0]?.state === 'failed' ? history[0] : undefined;
      if (failed) return t('plan.page.active.failed', { ...params, date: format.date(failed.dueOn) });
      return t('plan.page.active.lead', params);
    }
    case 'paused':
      if (plan.pausedReason === 'disputed') return t('plan.page.paused.disputed', params);
      return t(nextOn === null ? 'plan.page.paused.open' : 'plan.page.paused.until', params);
    case 'ended':
      return t(`plan.ended.${plan.endedReason!}`, params);
  }
}

function presentChange(
  { plan, form }: PlanPageFacts,
  translator: Translator,
  typed: TypedAmount | undefined,
): NonNullable<PlanPageView['change']> {
  const { t, format } = translator;
  const bounds = {
    min: format.money(Money.of(form.minimumCents, form.currency)),
    max: format.money(Money.of(form.maximumCents, form.currency)),
  };
  const error = typed && wordGiftErrors(typed.errors, translator, bounds).byField.amount;
  return {
    url: `${planPath(plan)}/montant`,
    typed: typed?.text ?? plan.amount.toDecimal().replace('.00', '').replace('.', ','),
    bounds: t('plan.page.bounds', bounds),
    ...(error && { error }),
  };
}

/** What a new means of payment costs now: it is made by paying with it, and never for nothing. */
function presentMending(
  { plan, history, today }: PlanPageFacts,
  { t, format }: Translator,
): Pick<PlanPageView, 'mend'> {
  const latest = history.find(({ state }) => state !== 'skipped') ?? null;
  if (plan.state === 'pending' || latest?.state === 'charging') return {};
  const pays = mendingPays(plan, latest, today);
  const nextOn = nextDebitOn(plan, today);
  const amount = pays === 'period' && latest?.amount ? latest.amount : plan.amount;
  const params = {
    amount: format.money(amount),
    date: pays === 'period' ? format.date(latest!.dueOn) : nextOn === null ? '' : format.date(nextOn),
  };
  const how = pays === 'advance' && nextOn === null ? 'again' : pays;
  return {
    mend: {
      url: `${planPath(plan)}/moyen`,
      title: t(plan.state === 'ended' ? 'plan.mend.titleEnded' : 'plan.mend.title'),
      text: t(`plan.mend.${how}`, params),
      button: t('plan.mend.button', params),
      // Who has stopped is not talked round.
      isMain: pays === 'period' || (plan.state === 'ended' && plan.endedReason !== 'donor'),
    },
  };
}

function historyLine(period: PlanHistory, plan: Plan, { t, format }: Translator): PlanHistoryLine {
  return {
    date: period.dueOn,
    ...(period.amount && { amount: period.amount }),
    words:
      period.state === 'skipped'
        ? t(`plan.skipped.${period.skippedBecause!}`)
        : period.state === 'failed' && period.nextAttemptOn !== null && plan.state === 'active'
          ? t('plan.period.failedRetry', { date: format.date(period.nextAttemptOn) })
          : t(`plan.period.${period.state}`),
  };
}
