import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amountInLetters } from './french-amount.js';
import { Money } from './money.js';

/** Typed amount → letters, row by row as a French teacher would write them. */
const TABLE: Record<string, string> = {
  '0,01': 'un centime',
  '0,20': 'vingt centimes',
  '0,80': 'quatre-vingts centimes',
  '1': 'un euro',
  '1,01': 'un euro et un centime',
  '16,17': 'seize euros et dix-sept centimes',
  '21': 'vingt et un euros',
  '61': 'soixante et un euros',
  '70': 'soixante-dix euros',
  '71': 'soixante et onze euros',
  '71,71': 'soixante et onze euros et soixante et onze centimes',
  '77,77': 'soixante-dix-sept euros et soixante-dix-sept centimes',
  '80': 'quatre-vingts euros',
  '80,80': 'quatre-vingts euros et quatre-vingts centimes',
  '81': 'quatre-vingt-un euros',
  '91': 'quatre-vingt-onze euros',
  '99,99': 'quatre-vingt-dix-neuf euros et quatre-vingt-dix-neuf centimes',
  '100': 'cent euros',
  '101': 'cent un euros',
  '180': 'cent quatre-vingts euros',
  '200': 'deux cents euros',
  '201': 'deux cent un euros',
  '300': 'trois cents euros',
  '1 000': 'mille euros',
  '1 001': 'mille un euros',
  '1 080': 'mille quatre-vingts euros',
  '1 100': 'mille cent euros',
  '1 200': 'mille deux cents euros',
  '1 234,56': 'mille deux cent trente-quatre euros et cinquante-six centimes',
  '2 000': 'deux mille euros',
  '71 000': 'soixante et onze mille euros',
  '80 000': 'quatre-vingt mille euros',
  '80 080': 'quatre-vingt mille quatre-vingts euros',
  '200 000': 'deux cent mille euros',
  '280 000': 'deux cent quatre-vingt mille euros',
  '1 000 000': "un million d'euros",
  '1 000 001': 'un million un euros',
  '2 000 000': "deux millions d'euros",
  '80 000 000': "quatre-vingts millions d'euros",
  '200 000 000': "deux cents millions d'euros",
  '1 000 000,50': "un million d'euros et cinquante centimes",
  '1 000 000 000': "un milliard d'euros",
  '1 200 000 000': "un milliard deux cents millions d'euros",
};

const cents = fc.integer({ min: 0, max: 1e11 });

describe('an amount in letters', () => {
  it.each(Object.entries(TABLE))('%s € is "%s"', (typed, letters) => {
    expect(amountInLetters(Money.parseTyped(typed)!)).toBe(letters);
  });

  it('is made of French words only, whatever the amount', () => {
    fc.assert(
      fc.property(cents, (c) => {
        expect(amountInLetters(Money.of(c))).toMatch(/^[a-zéè]+([ '-][a-zéè]+)*$/);
      }),
    );
  });

  it('takes the plural from two on, for euros and for centimes', () => {
    fc.assert(
      fc.property(cents, (c) => {
        const words = amountInLetters(Money.of(c)).split(/[ ']/);
        const [euros, rest] = [Math.floor(c / 100), c % 100];
        expect(words.includes('euros')).toBe(euros > 1);
        expect(words.includes('euro')).toBe(euros === 1 || c === 0);
        expect(words.includes('centimes')).toBe(rest > 1);
        expect(words.includes('centime')).toBe(rest === 1);
      }),
    );
  });

  it('is never shared by two amounts', () => {
    fc.assert(
      fc.property(fc.uniqueArray(cents, { minLength: 2, maxLength: 200 }), (sample) => {
        expect(new Set(sample.map((c) => amountInLetters(Money.of(c)))).size).toBe(sample.length);
      }),
      { numRuns: 50 },
    );
    const small = Array.from({ length: 30_000 }, (_, c) => amountInLetters(Money.of(c)));
    expect(new Set(small).size).toBe(small.length);
  });

  it('is refused below zero and in a currency that has no euros', () => {
    expect(() => amountInLetters(Money.of(-1))).toThrow('Only euro amounts');
    expect(() => amountInLetters(Money.of(100, 'CHF' as 'EUR'))).toThrow('Only euro amounts');
  });
});
