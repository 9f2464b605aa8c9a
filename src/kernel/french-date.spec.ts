import { describe, expect, it } from '@jest/globals';
import { isLegalDate, longFrenchDate, shortFrenchDate } from './french-date.js';

describe('a French date', () => {
  it.each([
    ['2026-11-22', '22 novembre 2026', '22/11/2026'],
    ['2027-01-01', '1er janvier 2027', '01/01/2027'],
    ['2024-02-29', '29 février 2024', '29/02/2024'],
    ['2026-08-02', '2 août 2026', '02/08/2026'],
    ['2026-12-31', '31 décembre 2026', '31/12/2026'],
  ])('%s is written « %s » and « %s »', (day, long, short) => {
    expect(longFrenchDate(day)).toBe(long);
    expect(shortFrenchDate(day)).toBe(short);
  });

  it.each([
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '22/11/2026',
    '',
    '2026-11-22T00:00',
  ])('refuses "%s", which is no day of the calendar', (text) => {
    expect(isLegalDate(text)).toBe(false);
    expect(() => longFrenchDate(text)).toThrow('no calendar day');
    expect(() => shortFrenchDate(text)).toThrow('no calendar day');
  });
});
