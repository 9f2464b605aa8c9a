import type { LegalDate } from '../../kernel/clock.js';
import type { PlanFrequency } from './plan.entity.js';

/** When a plan falls due: every so many months, on one day of the month. */
export interface DueRule {
  frequency: PlanFrequency;
  /** 1 to 31; in a shorter month, its last day. */
  anchorDay: number;
}

const MONTHS: Record<PlanFrequency, number> = { monthly: 1, quarterly: 3, yearly: 12 };
const MONTHS_A_YEAR = 12;
const DAY_MS = 86_400_000;

/** A debit that comes more than this late surprises: rather none this time. */
export const MAX_LATE_DAYS = 10;

/** The due date after `dueOn`. The 31st becomes the last day of a shorter month, and the 31st again afterwards. */
export function nextDue(dueOn: LegalDate, rule: DueRule): LegalDate {
  return monthsLater(dueOn, MONTHS[rule.frequency], rule.anchorDay);
}

/** The first due date after `day`, counted from one that is known. */
export function dueAfter(day: LegalDate, known: LegalDate, rule: DueRule): LegalDate {
  let due = known;
  while (due <= day) due = nextDue(due, rule);
  return due;
}

/** A pause of so many months from `day` on ends here. */
export function monthsFrom(day: LegalDate, months: number): LegalDate {
  return monthsLater(day, months, dayOfMonth(day));
}

export function daysFrom(day: LegalDate, days: number): LegalDate {
  return new Date(instant(day) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: LegalDate, to: LegalDate): number {
  return (instant(to) - instant(from)) / DAY_MS;
}

export function dayOfMonth(day: LegalDate): number {
  return Number(day.slice(8));
}

export interface DueNow {
  /** Null when even the newest is too late to be charged. */
  charge: LegalDate | null;
  /** Fell due while nobody looked, oldest first. */
  missed: LegalDate[];
  nextDueOn: LegalDate;
}

/**
 * What is to be charged today. After a standstill that is one period at most, the newest: nobody is debited twice
 * at one time because we were away, nor weeks after the day they know.
 * @param dueOn the oldest due date that was not looked at, today or before
 */
export function dueNow(dueOn: LegalDate, rule: DueRule, today: LegalDate): DueNow {
  const due = [dueOn];
  let next = nextDue(dueOn, rule);
  for (; next <= today; next = nextDue(next, rule)) due.push(next);
  const newest = due.at(-1)!;
  const isTooLate = daysBetween(newest, today) > MAX_LATE_DAYS;
  return { charge: isTooLate ? null : newest, missed: isTooLate ? due : due.slice(0, -1), nextDueOn: next };
}

function monthsLater(day: LegalDate, months: number, anchorDay: number): LegalDate {
  const index = Number(day.slice(0, 4)) * MONTHS_A_YEAR + Number(day.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(index / MONTHS_A_YEAR), (index % MONTHS_A_YEAR) + 1];
  const date = Math.min(anchorDay, lastDayOf(year, month));
  return `${year}-${padded(month)}-${padded(date)}`;
}

function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function padded(part: number): string {
  return String(part).padStart(2, '0');
}

function instant(day: LegalDate): number {
  return Date.parse(`${day}T00:00:00Z`);
}
