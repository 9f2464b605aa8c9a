import { contrast, mix, normalizeColour, parseColour, toHex, type Rgb } from './colour.js';

export { normalizeColour } from './colour.js';

/** Obole's own accent, for pages without an association and for colours that are none. */
export const DEFAULT_ACCENT = '#1d5c4d';

/** WCAG 2.2 level AA for text (success criterion 1.4.3). */
export const READABLE = 4.5;

/** The grounds that text in the accent stands on; the same values as in the design tokens. */
export const GROUNDS = {
  light: { paper: '#faf7f1', surface: '#ffffff', ink: '#26221d' },
  dark: { paper: '#191714', surface: '#23201c', ink: '#f1ece3' },
} as const;

/** An accent made safe: each value "#rrggbb". */
export interface Accent {
  /** Fill of the button. */
  accent: string;
  /** Text on `accent`. */
  accentText: string;
  /** Accent as text, link or border on paper, surface and `accentSoft`. */
  accentInk: string;
  /** Quiet tint behind the chosen amount. */
  accentSoft: string;
}

export interface AccentTheme {
  light: Accent;
  dark: Accent;
}

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const SOFT_SHARE = 0.09;

/**
 * An association chooses any colour; this keeps it where it can be read (contrast 4.5 or more) and moves it
 * just far enough where it cannot. What is no colour becomes the default accent.
 */
export function accentTheme(hex: string): AccentTheme {
  const wanted = parseColour(normalizeColour(hex) ?? DEFAULT_ACCENT);
  return { light: lightAccent(wanted), dark: darkAccent(wanted) };
}

function lightAccent(wanted: Rgb): Accent {
  const grounds = GROUNDS.light;
  const ink = until(wanted, BLACK, (colour) => readableOn(colour, grounds));
  const button = buttonColours(wanted);
  return { ...button, accentInk: toHex(ink), accentSoft: toHex(soft(ink, grounds)) };
}

/** On a dark page the fill is the lightened accent too: a navy button would sink into the night. */
function darkAccent(wanted: Rgb): Accent {
  const grounds = GROUNDS.dark;
  const passes = (colour: Rgb) => readableOn(colour, grounds);
  const glow = until(wanted, brightest(wanted), passes);
  const ink = passes(glow) ? glow : until(glow, WHITE, passes);
  return { ...buttonColours(ink), accentInk: toHex(ink), accentSoft: toHex(soft(ink, grounds)) };
}

function buttonColours(fill: Rgb): Pick<Accent, 'accent' | 'accentText'> {
  const dark = parseColour(GROUNDS.dark.paper);
  if (contrast(fill, WHITE) >= READABLE) return { accent: toHex(fill), accentText: toHex(WHITE) };
  if (contrast(fill, dark) >= READABLE) return { accent: toHex(fill), accentText: toHex(dark) };
  const darker = until(fill, BLACK, (colour) => contrast(colour, WHITE) >= READABLE);
  return { accent: toHex(darker), accentText: toHex(WHITE) };
}

type Grounds = (typeof GROUNDS)[keyof typeof GROUNDS];

function readableOn(colour: Rgb, grounds: Grounds): boolean {
  const behind = [parseColour(grounds.paper), parseColour(grounds.surface), soft(colour, grounds)];
  return behind.every((ground) => contrast(colour, ground) >= READABLE);
}

function soft(ink: Rgb, grounds: Grounds): Rgb {
  return mix(parseColour(grounds.surface), ink, SOFT_SHARE);
}

/** The same hue at full strength: on the way to white a colour would turn grey first. */
function brightest(colour: Rgb): Rgb {
  const strongest = Math.max(...colour);
  if (strongest === 0) return WHITE;
  const scale = (channel: number) => Math.round((channel * 255) / strongest);
  return [scale(colour[0]), scale(colour[1]), scale(colour[2])];
}

/** The first step from `colour` towards `target` that passes. If none does, the target. */
function until(colour: Rgb, target: Rgb, passes: (colour: Rgb) => boolean): Rgb {
  for (let percent = 0; percent < 100; percent += 2) {
    const step = mix(colour, target, percent / 100);
    if (passes(step)) return step;
  }
  return target;
}

/** The stylesheet behind /assets/theme/<hex>.css. */
export function themeStylesheet(theme: AccentTheme): string {
  const rules = (accent: Accent) =>
    `:root{--accent:${accent.accent};--accent-text:${accent.accentText};` +
    `--accent-ink:${accent.accentInk};--accent-soft:${accent.accentSoft}}`;
  return `${rules(theme.light)}@media (prefers-color-scheme:dark){${rules(theme.dark)}}`;
}
