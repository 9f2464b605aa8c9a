import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitText, textWidth, wrapText, type TextLine } from './text-layout.js';

const written = (lines: TextLine[]) => lines.map((line) => line.runs.map((run) => run.text).join(''));
const words = fc.array(fc.stringMatching(/^[a-zA-Zéèœ-]{1,40}$/), { minLength: 1, maxLength: 30 });

describe('a text set in a width', () => {
  it('loses no letter and stays within its width', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 400 }), (some, width) => {
        const lines = wrapText(some.join(' '), 'regular', 10, width);
        expect(written(lines).join('')).toBe(written(lines).join('').replace(/^ | $/g, ''));
        expect(written(lines).join('').replaceAll(' ', '')).toBe(some.join(''));
        expect(lines.every((line) => line.width <= width + 0.02)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('never breaks at a no-break space', () => {
    const width = textWidth('22 novembre 2026', 'regular', 10) + 1;
    const lines = wrapText('le 22\u00a0novembre\u00a02026', 'regular', 10, width);
    expect(written(lines)).toEqual(['le', '22\u00a0novembre\u00a02026']);
  });

  it('breaks a name without spaces after a hyphen where it can, inside where it must', () => {
    const width = textWidth('Saint-Remy-en', 'regular', 10);
    expect(written(wrapText('Saint-Remy-en-Bouzemont', 'regular', 10, width))[0]).toBe('Saint-Remy-');
    expect(written(wrapText('x'.repeat(90), 'regular', 10, width)).join('')).toBe('x'.repeat(90));
  });

  it('shrinks before it takes more lines, and takes more lines before it becomes illegible', () => {
    const options = { style: 'regular', width: 100, size: 10, minSize: 8, maxLines: 1 } as const;
    expect(fitText('Zoé', options)).toMatchObject({ size: 10 });
    const tight = textWidth('Les Jardins partagés', 'regular', 9);
    expect(fitText('Les Jardins partagés', { ...options, width: tight })).toMatchObject({ size: 9 });
    const long = fitText('Les Jardins partagés de Belleville et de Ménilmontant', options);
    expect(long.size).toBe(8);
    expect(long.lines.length).toBeGreaterThan(1);
  });
});
