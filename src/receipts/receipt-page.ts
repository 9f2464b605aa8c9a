import { printable } from '../platform/pdf/printable.js';
import { frenchTypography } from '../platform/pdf/french-typography.js';
import { Sketch, type ParagraphOptions } from '../platform/pdf/sketch.js';
import { fitText, textWidth, type FitOptions } from '../platform/pdf/text-layout.js';
import type { TextStyle } from '../platform/pdf/text-runs.js';

export const COLORS = {
  ink: '#17252a',
  label: '#4a5c61',
  accent: '#1d5560',
  hairline: '#bccbce',
  tint: '#eef4f4',
  warning: '#9a3412',
  watermark: '#f6e4dc',
} as const;

export const PAGE = { left: 51, width: 493.28, top: 40, bottom: 34 } as const;

/** Part of the page, drawn from its own top (y = 0). */
export interface Section {
  sketch: Sketch;
  height: number;
}

interface TypeOptions {
  width: number;
  size: number;
  minSize?: number;
  maxLines?: number;
  style?: TextStyle;
}

interface TextOptions extends TypeOptions {
  x: number;
  y: number;
  color?: string;
  align?: ParagraphOptions['align'];
}

/** The pen of one section. Sizes and distances are those of a roomy page; `scale` tightens all of them alike. */
export class SectionPen {
  readonly sketch = new Sketch();

  constructor(readonly scale: number) {}

  /** A length of the roomy page on this one. */
  len(points: number): number {
    return points * this.scale;
  }

  /** Wording or a person's text; returns its height. Text never shrinks below `minSize`, it takes more lines. */
  text(text: string, options: TextOptions): number {
    const { x, y, color = COLORS.ink, align } = options;
    return this.sketch.paragraph(readable(text), { ...this.type(options), x, y, color, align });
  }

  /** The size, in those of the roomy page, at which the text keeps to its lines. */
  fittingSize(text: string, options: TypeOptions): number {
    return fitText(readable(text), this.type(options)).size / this.scale;
  }

  widthOf(text: string, size: number, style: TextStyle): number {
    return textWidth(readable(text), style, this.len(size));
  }

  hairline(x: number, y: number, width: number): void {
    this.sketch.stroke(
      [
        [x, y],
        [x + width, y],
      ],
      { color: COLORS.hairline, width: 0.5 },
    );
  }

  /** A box to tick, its top left at (x, y); returns its side. */
  tickBox(x: number, y: number, isTicked: boolean): number {
    const side = this.len(7.6);
    this.sketch.rect(x, y, side, side, {
      stroke: { color: isTicked ? COLORS.accent : COLORS.label, width: 0.7 },
    });
    if (isTicked) {
      this.sketch.stroke(
        [
          [x + side * 0.2, y + side * 0.52],
          [x + side * 0.43, y + side * 0.76],
          [x + side * 0.84, y + side * 0.2],
        ],
        { color: COLORS.accent, width: this.len(1.4) },
      );
    }
    return side;
  }

  /** The ticked choice inside a ticked box of the form is a round one; returns its diameter. */
  tickCircle(x: number, y: number): number {
    const radius = this.len(3.6);
    this.sketch.circle(x + radius, y + radius, radius, { stroke: { color: COLORS.accent, width: 0.7 } });
    this.sketch.circle(x + radius, y + radius, radius * 0.5, { fill: COLORS.accent });
    return radius * 2;
  }

  section(height: number): Section {
    return { sketch: this.sketch, height };
  }

  private type({
    width,
    size,
    minSize = size,
    maxLines = Infinity,
    style = 'regular',
  }: TypeOptions): FitOptions {
    return { width, style, maxLines, size: this.len(size), minSize: this.len(minSize) };
  }
}

/** A name that was all emoji leaves a dash: a field is never silently empty. */
function readable(text: string): string {
  return frenchTypography(printable(text)) || '—';
}
