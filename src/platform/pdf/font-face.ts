import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import type { Font, GlyphPosition, GlyphRun } from 'fontkit';

/**
 * The faces of our documents. Source Sans 3 (OFL) covers Latin, Greek and Cyrillic; DejaVu Sans steps in for
 * Arabic, Hebrew, Armenian, Georgian and other scripts that the first has not.
 */
const FILES = {
  regular: '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  semibold: '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf',
  fallback: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  fallbackBold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
} as const;
export type FaceName = keyof typeof FILES;

/** DejaVu is drawn larger on its body than Source Sans: this brings their small letters to one height. */
const OPTICAL_SIZE: Record<FaceName, number> = {
  regular: 1,
  semibold: 1,
  fallback: 0.89,
  fallbackBold: 0.89,
};

/** Words remembered per face. The fixed wording of a document comes first and fits many times over. */
const MEMO_MAX = 4096;

const faces = new Map<FaceName, FontFace>();

/** A face, parsed on first use and shared by all documents of the process: parsing costs more than drawing a page. */
export function fontFace(name: FaceName): FontFace {
  let face = faces.get(name);
  if (!face) faces.set(name, (face = new FontFace(name)));
  return face;
}

export class FontFace {
  /** What pdfkit registers: the parsed font, with a memory of the words it has laid out before. */
  readonly embeddable: Font;
  /** A text of 10 points is set at 10 × this, so that all faces look alike in size. */
  readonly opticalSize: number;
  private readonly font: Font;
  /** One byte per code point of the first two planes: asked for every letter of every line. */
  private readonly covered = new Uint8Array(0x20000);
  private readonly memo = new Map<string, { run: GlyphRun; width: number }>();

  constructor(readonly name: FaceName) {
    this.font = openFont(name);
    this.opticalSize = OPTICAL_SIZE[name];
    for (const codePoint of this.font.characterSet) this.covered[codePoint] = 1;
    nameGlyphsOnce(this.font);
    this.embeddable = Object.create(this.font, { layout: { value: this.layout.bind(this) } }) as Font;
  }

  covers(text: string): boolean {
    for (let i = 0; i < text.length; i++) {
      const codePoint = text.codePointAt(i)!;
      if (!this.covered[codePoint]) return false;
      if (codePoint > 0xffff) i++;
    }
    return true;
  }

  /** Width in points. Left to right, words are laid out one by one, each with its space, as pdfkit will draw them. */
  widthOf(text: string, size: number, direction: 'ltr' | 'rtl' = 'ltr'): number {
    let units = 0;
    if (direction === 'rtl') units = this.font.layout(text, []).advanceWidth;
    else for (const word of text.match(/[^ \t]*[ \t]|[^ \t]+$/g) ?? []) units += this.word(word).width;
    return (units * size * this.opticalSize) / this.font.unitsPerEm;
  }

  private layout(text: string, features?: string[]): GlyphRun {
    return features ? this.font.layout(text, features) : copyOf(this.word(text).run);
  }

  private word(text: string): { run: GlyphRun; width: number } {
    const known = this.memo.get(text);
    if (known) return known;
    const run = this.font.layout(text);
    const word = { run, width: run.advanceWidth };
    if (this.memo.size < MEMO_MAX) this.memo.set(text, word);
    return word;
  }
}

/** The path of a face's file, for those who must parse it themselves. */
export function fontPath(name: FaceName): string {
  return createRequire(import.meta.url).resolve(FILES[name]);
}

function openFont(name: FaceName): Font {
  return fontkit.create(readFileSync(fontPath(name))) as Font;
}

/** pdfkit scales the positions of a run in place, and reads the width after: it must follow them. */
function copyOf(run: GlyphRun): GlyphRun {
  const positions = run.positions.map((position): GlyphPosition => ({ ...position }));
  return {
    ...run,
    glyphs: run.glyphs,
    positions,
    get advanceWidth() {
      return positions.reduce((sum, position) => sum + position.xAdvance, 0);
    },
  } as GlyphRun;
}

/**
 * A glyph remembers the first characters it was asked for, and a PDF tells readers that these are its text. Several
 * characters share a glyph (space and no-break space), so without this the bytes of a document would depend on
 * which documents the process drew before. The lowest character wins; presentation forms stand for their letters.
 */
function nameGlyphsOnce(font: Font): void {
  for (const codePoint of [...font.characterSet].sort((a, b) => a - b)) {
    const glyph = font.glyphForCodePoint(codePoint);
    if (codePoint >= 0xfb00 && glyph.codePoints[0] === codePoint) {
      glyph.codePoints = [...String.fromCodePoint(codePoint).normalize('NFKC')].map((c) => c.codePointAt(0)!);
    }
  }
}
