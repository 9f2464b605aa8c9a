import type { PdfOp, Stroke } from './pdf-op.js';
import { fitText, type FitOptions, type TextLine } from './text-layout.js';

/** Height of a line of text, in multiples of its size. */
const LEADING = 1.25;
/** Where the baseline lies in that height: capitals (2/3 of the size) stand in its middle. */
const BASELINE = LEADING / 2 + 0.33;

export interface ParagraphOptions extends FitOptions {
  x: number;
  /** Top of the first line. */
  y: number;
  color: string;
  align?: 'left' | 'center' | 'right';
}

/** Strokes collected before they are drawn, so that a part of a page can be measured, then moved to its place. */
export class Sketch {
  readonly ops: PdfOp[] = [];

  /** Sets a text in its width and returns its height. */
  paragraph(text: string, options: ParagraphOptions): number {
    const { lines, size } = fitText(text, options);
    lines.forEach((line, i) => {
      const spare = options.width - line.width;
      const indent = options.align === 'center' ? spare / 2 : options.align === 'right' ? spare : 0;
      this.line(line, options.x + indent, options.y + (i * LEADING + BASELINE) * size, size, options.color);
    });
    return lines.length * LEADING * size;
  }

  /** Sets one line from its left end on its baseline. */
  line(line: TextLine, x: number, baseline: number, size: number, color: string): void {
    let left = x;
    for (const { text, face, direction } of line.runs) {
      const width = face.widthOf(text, size, direction);
      const drawn = size * face.opticalSize;
      this.ops.push({ kind: 'text', x: left, y: baseline, text, face, size: drawn, color, direction, width });
      left += width;
    }
  }

  rect(x: number, y: number, width: number, height: number, look: { fill?: string; stroke?: Stroke }): void {
    this.ops.push({ kind: 'rect', x, y, width, height, ...look });
  }

  circle(x: number, y: number, radius: number, look: { fill?: string; stroke?: Stroke }): void {
    this.ops.push({ kind: 'circle', x, y, radius, ...look });
  }

  stroke(points: [x: number, y: number][], stroke: Stroke): void {
    this.ops.push({ kind: 'line', points, stroke });
  }

  image(data: Buffer, x: number, y: number, width: number, height: number): void {
    this.ops.push({ kind: 'image', data, x, y, width, height });
  }

  /** The strokes, moved down. */
  movedBy(dy: number): PdfOp[] {
    return this.ops.map((op) =>
      op.kind === 'line'
        ? { ...op, points: op.points.map(([x, y]): [number, number] => [x, y + dy]) }
        : { ...op, y: op.y + dy },
    );
  }
}
