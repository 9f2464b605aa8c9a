import { describe, expect, it } from '@jest/globals';
import { frenchTypography } from './french-typography.js';

describe('French typography', () => {
  it.each([
    ['Objet : planter ; semer !', 'Objet\u202f: planter\u202f; semer\u202f!'],
    ['« Merci »', '«\u202fMerci\u202f»'],
    ['1 234 567 €', '1\u202f234\u202f567\u202f€'],
    ['le 22 novembre 2026', 'le 22\u00a0novembre\u00a02026'],
    ['le 1er janvier 2027', 'le 1er\u00a0janvier\u00a02027'],
    ["l'article 200 du CGI", 'l’article\u00a0200 du CGI'],
    ['articles 200 et 978', 'articles\u00a0200 et 978'],
    ['https://exemple.fr', 'https://exemple.fr'],
    ['12 rue du 4 septembre', '12 rue du 4 septembre'],
  ])('%s', (text, expected) => expect(frenchTypography(text)).toBe(expected));
});
