import type { LegalDate } from '../../kernel/clock.js';
import { daysBetween, dueAfter, type DueRule } from './due-dates.js';
import type { PlanPeriod } from './plan-period.entity.js';
import type { Plan } from './plan.entity.js';

/** Of a plan that has begun. */
export function dueRule({ frequency, anchorDay }: Pick<Plan, 'frequency' | 'anchorDay'>): DueRule {
  return { frequency, anchorDay: anchorDay! };
}

/** The day of the next debit as the donor is told it; null when none is planned. */
export function nextDebitOn(plan: Plan, today: LegalDate): LegalDate | null {
  if (plan.nextDueOn === null) return null;
  if (plan.state === 'active') return plan.nextDueOn > today ? plan.nextDueOn : today;
  if (plan.state !== 'paused' || plan.pausedUntil === null) return null;
  return dueAfter(plan.pausedUntil, plan.nextDueOn, dueRule(plan));
}

/** A period that was given up this long ago is the past: a plan that is taken up again begins anew. */
const STILL_THE_PERIOD_DAYS = 31;

/**
 * What a payment that mends the means of payment pays: the `period` that failed, the next one in `advance`, or a gift
 * of today with which an ended plan is taken up again.
 */
export function mendingPays(
  plan: Pick<Plan, 'state'>,
  latest: Pick<PlanPeriod, 'state' | 'dueOn'> | null,
  today: LegalDate,
): 'period' | 'advance' | 'restart' {
  if (latest?.state === 'failed') return 'period';
  if (plan.state !== 'ended') return 'advance';
  const isOpen = latest?.state === 'given_up' && daysBetween(latest.dueOn, today) <= STILL_THE_PERIOD_DAYS;
  return isOpen ? 'period' : 'restart';
}
