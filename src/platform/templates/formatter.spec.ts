import { describe, expect, it } from '@jest/globals';
import { Money } from '../../kernel/money.js';
import { createFormatter } from './formatter.js';

const french = createFormatter('fr-FR');
const english = createFormatter('en-IE');

describe('Formatter', () => {
  it('writes whole amounts without decimals and others with two', () => {
    expect(french.money(Money.of(2000))).toBe('20\u202f€');
    expect(french.money(Money.of(123456))).toBe('1\u202f234,56\u202f€');
    expect(english.money(Money.of(123450))).toBe('€1,234.50');
  });

  it('writes a legal day whatever the time zone of the machine', () => {
    expect(french.date('2026-01-01')).toBe('1 janvier 2026');
    expect(english.date('2026-12-31')).toBe('31 December 2026');
  });

  it('names countries in the language of the reader', () => {
    expect(french.country('DE')).toBe('Allemagne');
    expect(english.country('DE')).toBe('Germany');
  });
});
