import { fontFace, type FontFace } from './font-face.js';

/** Weight of a text; each has its fallback face for the scripts it lacks. */
export type TextStyle = 'regular' | 'semibold';

/** A piece of a line in one face and one direction, in the order in which it stands on paper. */
export interface TextRun {
  text: string;
  face: FontFace;
  direction: 'ltr' | 'rtl';
}

const FALLBACK = { regular: 'fallback', semibold: 'fallbackBold' } as const;
const RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LTR = /[\p{L}\p{N}]/u;
const MIRRORED: Record<string, string> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '<': '>',
  '>': '<',
  '«': '»',
  '»': '«',
};
const NO_FACE = '?';

/** Splits a printable line of a left-to-right document into runs. Right-to-left words keep their own order inside. */
export function textRuns(line: string, style: TextStyle): TextRun[] {
  const main = fontFace(style);
  if (main.covers(line)) return line === '' ? [] : [{ text: line, face: main, direction: 'ltr' }];
  return inVisualOrder(runsByFace(line, style, main));
}

/** The characters of a text that none of our faces can draw: worth telling who types it. They print as "?". */
export function undrawable(text: string): string[] {
  const missing = (text.match(CLUSTER) ?? []).filter((cluster) => faceFor(cluster, 'regular') === undefined);
  return [...new Set(missing)];
}

/** A letter with the marks on it: they must come from the same face. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;

function faceFor(cluster: string, style: TextStyle): FontFace | undefined {
  const main = fontFace(style);
  if (main.covers(cluster)) return main;
  const fallback = fontFace(FALLBACK[style]);
  return fallback.covers(cluster) ? fallback : undefined;
}

function runsByFace(line: string, style: TextStyle, main: FontFace): TextRun[] {
  const runs: TextRun[] = [];
  for (const cluster of line.match(CLUSTER) ?? []) {
    let text = cluster;
    let face = faceFor(text, style);
    if (!face) {
      // Fancy letters (𝓙, full width) say the same as plain ones; a mark we cannot draw leaves its letter.
      text =
        [cluster.normalize('NFKC'), cluster.replace(/\p{M}+/gu, '')].find((t) => t && faceFor(t, style)) ??
        NO_FACE;
      face = faceFor(text, style) ?? main;
    }
    const direction = RTL.test(text) ? 'rtl' : 'ltr';
    const last = runs.at(-1);
    if (last?.face === face && last.direction === direction) last.text += text;
    else runs.push({ text, face, direction });
  }
  return runs;
}

/** What stands between two right-to-left words, spaces and numbers included, belongs to them: the stretch is turned. */
function inVisualOrder(runs: TextRun[]): TextRun[] {
  const visual: TextRun[] = [];
  for (let i = 0; i < runs.length; i++) {
    if (runs[i]!.direction === 'ltr') {
      visual.push(runs[i]!);
      continue;
    }
    let end = i;
    for (let j = i + 1; j < runs.length; j++) {
      if (runs[j]!.direction === 'rtl') end = j;
      else if (LTR.test(runs[j]!.text.replace(/\p{N}/gu, ''))) break;
    }
    visual.push(
      ...runs
        .slice(i, end + 1)
        .reverse()
        .map(turned),
    );
    i = end;
  }
  return visual;
}

/** Neutral pieces inside a right-to-left stretch are read from the right: their spaces swap sides, brackets mirror. */
function turned(run: TextRun): TextRun {
  if (run.direction === 'rtl' || /\p{N}.*\p{N}|^\p{N}$/u.test(run.text.trim())) return swapEdges(run);
  return {
    ...run,
    text: [...run.text]
      .reverse()
      .map((char) => MIRRORED[char] ?? char)
      .join(''),
  };
}

function swapEdges(run: TextRun): TextRun {
  if (run.direction === 'rtl') return run;
  const [, before, core, after] = /^(\s*)(.*?)(\s*)$/su.exec(run.text)!;
  return { ...run, text: `${after}${core}${before}` };
}
