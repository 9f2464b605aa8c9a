import { describe, expect, it } from '@jest/globals';
import { printable } from './printable.js';

describe('text made fit for paper', () => {
  it.each([
    ['a name as it is', 'Zoé d’Œuf-Ñandú', 'Zoé d’Œuf-Ñandú'],
    ['accents in pieces are composed', 'Zoe\u0301', 'Zoé'],
    ['control characters and line ends go', 'Les\tJardins\u0000\r\npartagés\u0007', 'Les Jardins partagés'],
    ['invisible characters go', 'A\u200bm\u00ad\u202einа\ufeff', 'Aminа'],
    ['emoji go, with all that belongs to them', 'Zoé 👩🏽‍🌾 🇫🇷 1️⃣ ❤️ Martin', 'Zoé 1 Martin'],
    ['signs of trade stay', 'Obole® ©™', 'Obole® ©™'],
    ['no-break spaces stay', '1\u202f234\u00a0€', '1\u202f234\u00a0€'],
    ['half a surrogate pair goes', 'a\ud83db', 'ab'],
    ['piled marks are capped', 'Z\u0334\u0335\u0336\u0337\u0338oé', 'Z\u0334\u0335\u0336oé'],
    ['other scripts stay', 'Юлия Ελένη محمد', 'Юлия Ελένη محمد'],
  ])('%s', (_, text, expected) => expect(printable(text)).toBe(expected));
});
