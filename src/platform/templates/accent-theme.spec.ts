import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accentTheme, DEFAULT_ACCENT, GROUNDS, READABLE, themeStylesheet } from './accent-theme.js';
import { contrast, parseColour } from './colour.js';
import { readTokens } from './design-tokens.js';
import { projectRoot } from '../config/project-root.js';

const ratio = (a: string, b: string) => contrast(parseColour(a), parseColour(b));

describe('accentTheme', () => {
  it('any colour stays readable as button, link and border, by day and by night', () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(colour, (hex) => {
        const theme = accentTheme(hex);
        for (const mode of ['light', 'dark'] as const) {
          const { accent, accentText, accentInk, accentSoft } = theme[mode];
          expect(ratio(accent, accentText)).toBeGreaterThanOrEqual(READABLE);
          for (const ground of [GROUNDS[mode].paper, GROUNDS[mode].surface, accentSoft]) {
            expect(ratio(accentInk, ground)).toBeGreaterThanOrEqual(READABLE);
          }
          expect(ratio(GROUNDS[mode].ink, accentSoft)).toBeGreaterThanOrEqual(7);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('a colour that is readable already is kept', () => {
    expect(accentTheme('#8a1538').light).toMatchObject({ accent: '#8a1538', accentInk: '#8a1538' });
  });

  it('a bright colour keeps its button and gets dark text, but is darkened as a link', () => {
    const { light } = accentTheme('#ffd400');
    expect(light.accent).toBe('#ffd400');
    expect(light.accentText).toBe(GROUNDS.dark.paper);
    expect(light.accentInk).not.toBe('#ffd400');
  });

  it('what is no colour becomes the default accent, and nothing else enters the stylesheet', () => {
    expect(accentTheme('red;}body{display:none')).toEqual(accentTheme(DEFAULT_ACCENT));
    expect(themeStylesheet(accentTheme('#ABC'))).toMatch(/^[-:;{}#@()a-z0-9 ]+$/);
  });

  it('the design tokens say the same as the code', () => {
    const file = join(projectRoot(), 'templates/assets/obole.css/1-tokens.css');
    const tokens = readTokens(readFileSync(file, 'utf8'));
    const theme = accentTheme(DEFAULT_ACCENT);
    for (const mode of ['light', 'dark'] as const) {
      expect(tokens[mode]).toMatchObject({
        ...GROUNDS[mode],
        accent: theme[mode].accent,
        'accent-text': theme[mode].accentText,
        'accent-ink': theme[mode].accentInk,
        'accent-soft': theme[mode].accentSoft,
      });
      const muted = tokens[mode].muted!;
      expect(ratio(muted, GROUNDS[mode].paper)).toBeGreaterThanOrEqual(READABLE);
    }
  });
});
