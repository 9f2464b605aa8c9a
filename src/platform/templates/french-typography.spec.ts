import { describe, expect, it } from '@jest/globals';
import { frenchTypography } from './french-typography.js';

describe('French typography', () => {
  it('puts a narrow no-break space before tall punctuation', () => {
    expect(frenchTypography('Bac à sable : rien ; 66 % ? oui !')).toBe(
      'Bac à sable\u202f: rien\u202f; 66\u202f% ? oui !'.replace(/ (?=[?!])/g, '\u202f'),
    );
  });

  it('curves the apostrophe of an elision, even before a placeholder', () => {
    expect(frenchTypography("l'argent d'{{name}}")).toBe('l’argent d’{{name}}');
  });

  it('leaves addresses and times alone', () => {
    expect(frenchTypography('https://obole.example/a:b')).toBe('https://obole.example/a:b');
  });

  it('keeps guillemets with their words', () => {
    expect(frenchTypography('« oui »')).toBe('«\u202foui\u202f»');
  });
});
