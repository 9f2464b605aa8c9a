import { describe, expect, it } from '@jest/globals';
import { chooseLocale } from './choose-locale.js';

const AVAILABLE = ['en', 'fr'];

describe('chooseLocale', () => {
  it.each([
    ['the address wins over the browser', { lang: 'en', acceptLanguage: 'fr' }, 'en'],
    ['an unknown language in the address is ignored', { lang: 'xx', acceptLanguage: 'en' }, 'en'],
    ['a repeated parameter is ignored', { lang: ['en', 'fr'], acceptLanguage: '' }, 'fr'],
    ['the browser is asked next', { acceptLanguage: 'en-GB,en;q=0.9' }, 'en'],
    ['quality decides, not order', { acceptLanguage: 'en;q=0.3, fr-FR;q=0.9' }, 'fr'],
    ['a refused language is not taken', { acceptLanguage: 'en;q=0, de' }, 'fr'],
    ['anything will do means French', { acceptLanguage: 'de, *;q=0.5, en;q=0.4' }, 'fr'],
    ['nothing said means French', {}, 'fr'],
    ['garbage means French', { acceptLanguage: ';;q=,,=' }, 'fr'],
  ])('%s', (_rule, hints, expected) => {
    expect(chooseLocale(hints, AVAILABLE)).toBe(expected);
  });
});
