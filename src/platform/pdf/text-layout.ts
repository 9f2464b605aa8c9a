import { textRuns, type TextRun, type TextStyle } from './text-runs.js';

/** One line, ready to draw: its runs from left to right, and its width in points. */
export interface TextLine {
  runs: TextRun[];
  width: number;
}

export interface FittedText {
  lines: TextLine[];
  size: number;
}

export interface FitOptions {
  style: TextStyle;
  width: number;
  size: number;
  /** Below this size lines are added instead: no word of a document is ever cut off. */
  minSize: number;
  maxLines: number;
}

const SIZE_STEP = 0.25;
/** A hundredth of a point is invisible, but floating point would break a line for less. */
const TOLERANCE = 0.01;

/** The largest size, from `size` down to `minSize`, at which the text takes no more than `maxLines`. */
export function fitText(text: string, { style, width, size, minSize, maxLines }: FitOptions): FittedText {
  const smallest = Math.min(size, minSize);
  for (let candidate = size; ; candidate = Math.max(smallest, candidate - SIZE_STEP)) {
    const lines = wrapText(text, style, candidate, width);
    if (lines.length <= maxLines || candidate <= smallest) return { lines, size: candidate };
  }
}

/** Breaks a text at its spaces (never at no-break ones); a word wider than the line is broken inside. */
export function wrapText(text: string, style: TextStyle, size: number, width: number): TextLine[] {
  const lines: TextLine[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (textWidth(longer, style, size) <= width + TOLERANCE) {
      current = longer;
      continue;
    }
    if (current !== '') lines.push(textLine(current, style, size));
    current = word;
    while (textWidth(current, style, size) > width + TOLERANCE) {
      const head = headThatFits(current, style, size, width);
      lines.push(textLine(head, style, size));
      current = current.slice(head.length);
    }
  }
  if (current !== '') lines.push(textLine(current, style, size));
  return lines;
}

export function textWidth(text: string, style: TextStyle, size: number): number {
  return textRuns(text, style).reduce((sum, run) => sum + run.face.widthOf(run.text, size, run.direction), 0);
}

export function textLine(text: string, style: TextStyle, size: number): TextLine {
  const runs = textRuns(text, style);
  return { runs, width: runs.reduce((sum, run) => sum + run.face.widthOf(run.text, size, run.direction), 0) };
}

/** At least one letter, and if there is a hyphen to break at, up to the last one that fits. */
function headThatFits(word: string, style: TextStyle, size: number, width: number): string {
  const letters = word.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [word];
  let low = 1;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(letters.slice(0, middle).join(''), style, size) <= width + TOLERANCE) low = middle;
    else high = middle - 1;
  }
  const head = letters.slice(0, low).join('');
  const hyphen = head.lastIndexOf('-');
  return hyphen > head.length / 2 ? head.slice(0, hyphen + 1) : head;
}
