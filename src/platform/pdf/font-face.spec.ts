import { describe, expect, it } from '@jest/globals';
import type { Font } from 'fontkit';
import { fontFace } from './font-face.js';
import { collect, newPdf } from './pdf-document.js';

const TEXTS = [
  'Reçu des dons, affûté : « Zoé » AVATAR',
  '1\u202f234,56\u00a0€',
  'Юлия Ελένη',
  'Reçu des dons',
];
const info = { title: 't', author: 'a', subject: 's', createdAt: new Date('2026-11-22T12:00:00Z') };

function drawnWith(font: Font): Promise<Buffer> {
  const doc = newPdf(info).registerFont('face', font as unknown as PDFKit.Mixins.PDFFontSource);
  const bytes = collect(doc);
  TEXTS.forEach((text, i) => doc.font('face', 11).text(text, 40, 60 + i * 20, { lineBreak: false }));
  doc.end();
  return bytes;
}

describe('a face shared by all documents', () => {
  it('draws the same bytes with its memory of words as without', async () => {
    const { embeddable } = fontFace('regular');
    const plain = Object.getPrototypeOf(embeddable) as Font;
    const expected = await drawnWith(plain);
    expect((await drawnWith(embeddable)).equals(expected)).toBe(true);
    expect((await drawnWith(embeddable)).equals(expected)).toBe(true);
  });

  it('measures a text as wide as pdfkit draws it', () => {
    const face = fontFace('semibold');
    const doc = newPdf(info).registerFont('face', face.embeddable as unknown as PDFKit.Mixins.PDFFontSource);
    for (const text of TEXTS) {
      expect(face.widthOf(text, 11)).toBeCloseTo(doc.font('face', 11).widthOfString(text), 6);
    }
  });

  it('names a glyph by its lowest character, whatever was drawn before', () => {
    const face = fontFace('regular').embeddable;
    const name = (text: string) => face.glyphForCodePoint(text.codePointAt(0)!).codePoints;
    expect(name('\u00a0')).toEqual(name(' '));
    expect(String.fromCodePoint(...name('ﬁ'))).toBe('fi');
  });

  it('knows which scripts it covers', () => {
    expect(fontFace('regular').covers('Zoé Ελένη Юлия ₴ ¹⁸ …')).toBe(true);
    expect(fontFace('regular').covers('محمد')).toBe(false);
    expect(fontFace('fallback').covers('محمد אברהם Մարիամ ბაღი')).toBe(true);
  });
});
