import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { legalDate } from '../../kernel/clock.js';
import { isLegalDate } from '../../kernel/french-date.js';
import {
  MAX_LATE_DAYS,
  dayOfMonth,
  daysBetween,
  daysFrom,
  dueAfter,
  dueNow,
  monthsFrom,
  nextDue,
} from './due-dates.js';
import type { PlanFrequency } from './plan.entity.js';

const monthly = (anchorDay: number) => ({ frequency: 'monthly' as const, anchorDay });

const day = fc
  .date({ min: new Date('2020-01-01T12:00:00Z'), max: new Date('2090-12-31T12:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const frequency = fc.constantFrom<PlanFrequency>('monthly', 'quarterly', 'yearly');

describe('the due dates of a plan', () => {
  it('the 31st is the last day of a shorter month, and the 31st again afterwards', () => {
    const year = ['2027-01-31'];
    for (let i = 0; i < 12; i += 1) year.push(nextDue(year.at(-1)!, monthly(31)));
    expect(year.slice(1)).toEqual([
      ...['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31', '2027-06-30', '2027-07-31'],
      ...['2027-08-31', '2027-09-30', '2027-10-31', '2027-11-30', '2027-12-31', '2028-01-31'],
    ]);
  });

  it.each([
    ['2028-01-30', monthly(30), '2028-02-29'],
    ['2026-12-15', monthly(15), '2027-01-15'],
    ['2026-11-30', { frequency: 'quarterly' as const, anchorDay: 30 }, '2027-02-28'],
    ['2027-02-28', { frequency: 'quarterly' as const, anchorDay: 30 }, '2027-05-30'],
    ['2028-02-29', { frequency: 'yearly' as const, anchorDay: 29 }, '2029-02-28'],
    ['2031-02-28', { frequency: 'yearly' as const, anchorDay: 29 }, '2032-02-29'],
  ])('after %s comes, by %j, %s', (from, rule, to) => expect(nextDue(from, rule)).toBe(to));

  it('are days in Paris: paid at 23:30 UTC on 31 December counts from 1 January', () => {
    expect(dayOfMonth(legalDate(new Date('2026-12-31T23:30:00Z')))).toBe(1);
  });

  it('are twelve a year for a monthly plan, whatever the day it began', () => {
    fc.assert(
      fc.property(day, (start) => {
        const rule = monthly(dayOfMonth(start));
        const dates = [start];
        for (let i = 0; i < 12; i += 1) dates.push(nextDue(dates.at(-1)!, rule));
        expect(new Set(dates.slice(0, 12).map((date) => date.slice(0, 7))).size).toBe(12);
        expect(dates[12]!.slice(0, 7)).toBe(`${Number(start.slice(0, 4)) + 1}${start.slice(4, 7)}`);
      }),
    );
  });

  it('come one after the other, never twice in a month, on the day of the plan or the last of the month', () => {
    fc.assert(
      fc.property(day, frequency, (start, often) => {
        const rule = { frequency: often, anchorDay: dayOfMonth(start) };
        const next = nextDue(start, rule);
        expect(isLegalDate(next)).toBe(true);
        expect(next > start && next.slice(0, 7) > start.slice(0, 7)).toBe(true);
        const isAnchor = dayOfMonth(next) === rule.anchorDay;
        expect(isAnchor || dayOfMonth(daysFrom(next, 1)) === 1).toBe(true);
      }),
    );
  });

  it('after a given day is the first one after it', () => {
    expect(dueAfter('2026-11-22', '2026-01-31', monthly(31))).toBe('2026-11-30');
    expect(dueAfter('2026-11-30', '2026-01-31', monthly(31))).toBe('2026-12-31');
    expect(dueAfter('2026-11-22', '2027-03-05', monthly(5))).toBe('2027-03-05');
  });

  it('a pause of a month from 31 January ends on the last of February', () => {
    expect(monthsFrom('2027-01-31', 1)).toBe('2027-02-28');
  });
});

describe('what is due today', () => {
  it('on its day: that one', () => {
    expect(dueNow('2026-11-22', monthly(22), '2026-11-22')).toEqual({
      charge: '2026-11-22',
      missed: [],
      nextDueOn: '2026-12-22',
    });
  });

  it('after three months away: the newest alone, the others are missed', () => {
    expect(dueNow('2026-08-20', monthly(20), '2026-11-22')).toEqual({
      charge: '2026-11-20',
      missed: ['2026-08-20', '2026-09-20', '2026-10-20'],
      nextDueOn: '2026-12-20',
    });
  });

  it('more than ten days late: none', () => {
    expect(dueNow('2026-11-11', monthly(11), '2026-11-22').charge).toBeNull();
    expect(dueNow('2026-11-12', monthly(12), '2026-11-22').charge).toBe('2026-11-12');
  });

  it('is one period at most, never late, and the next one lies ahead, whatever the standstill', () => {
    fc.assert(
      fc.property(day, fc.nat(2_000), frequency, (start, away, often) => {
        const today = daysFrom(start, away);
        const { charge, missed, nextDueOn } = dueNow(
          start,
          { frequency: often, anchorDay: dayOfMonth(start) },
          today,
        );
        expect(nextDueOn > today).toBe(true);
        const all = charge === null ? missed : [...missed, charge];
        expect(all[0]).toBe(start);
        expect(new Set(all).size).toBe(all.length);
        if (charge !== null) expect(daysBetween(charge, today)).toBeLessThanOrEqual(MAX_LATE_DAYS);
      }),
    );
  });
});
