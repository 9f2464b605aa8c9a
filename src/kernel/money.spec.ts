import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from './domain-error.js';
import { Money } from './money.js';

const cents = fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 });

describe('money', () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])(
    'refuses %p: cents are safe integers',
    (value) => {
      expect(() => Money.of(value)).toThrow(DomainError);
    },
  );

  it('goes to the provider as text with exactly two decimals, and comes back the same', () => {
    fc.assert(
      fc.property(cents, (amount) => {
        const text = Money.of(amount).toDecimal();
        expect(text).toMatch(/^-?\d+\.\d{2}$/);
        expect(Money.fromDecimal(text, 'EUR').cents).toBe(amount);
      }),
    );
  });

  it.each(['10', '10.0', '10,00', '1e3', '', '10.000', ' 10.00'])(
    'refuses the provider’s amount %p',
    (text) => {
      expect(() => Money.fromDecimal(text, 'EUR')).toThrow(DomainError);
    },
  );

  it.each([
    ['50', 5000],
    ['12,5', 1250],
    ['12.50', 1250],
    ['1 234,56 €', 123456],
    ['1 234,56', 123456],
  ])('reads %p as a person types it', (text, expected) => {
    expect(Money.parseTyped(text)?.cents).toBe(expected);
  });

  it.each(['', 'dix', '-5', '5,123', '1.234,56', '5 euros', '0x10', '1e9'])(
    'does not guess what %p means',
    (text) => {
      expect(Money.parseTyped(text)).toBeUndefined();
    },
  );

  it('is written as each language writes it', () => {
    expect(Money.of(123456).format('fr')).toBe('1\u202f234,56\u00a0€');
    expect(Money.of(123456).format('en')).toBe('€1,234.56');
    expect(Money.of(5000).format('fr', 'short')).toBe('50\u00a0€');
    expect(Money.of(5050).format('fr', 'short')).toBe('50,50\u00a0€');
  });

  it('a percentage is rounded once, half a cent away from zero', () => {
    expect(Money.of(25).percent(66).cents).toBe(17);
    expect(Money.of(5_000).percent(66).cents).toBe(3_300);
    expect(Money.of(-25).percent(66).cents).toBe(-17);
    expect(Money.of(1).percent(50).cents).toBe(1);
    expect(() => Money.of(100).percent(0.5)).toThrow(RangeError);
  });

  it('cannot be changed', () => {
    expect(() => Object.assign(Money.of(1), { cents: 2 })).toThrow(TypeError);
  });
});
