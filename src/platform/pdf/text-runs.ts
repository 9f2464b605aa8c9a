import { bidiLevels, hasRightToLeft, mirrored, visualOrder, type Level } from './bidi.js';
import { fontFace, type FontFace } from './font-face.js';

/** Weight of a text; each has its fallback face for the scripts it lacks. */
export type TextStyle = 'regular' | 'semibold';

/** A piece of a line in one face and one direction, in the order in which it stands on paper. */
export interface TextRun {
  text: string;
  face: FontFace;
  direction: 'ltr' | 'rtl';
}

/** A letter with the marks on it (one face must draw them all), and the face that can. */
interface Cluster {
  text: string;
  face: FontFace;
}

const FALLBACK = { regular: 'fallback', semibold: 'fallbackBold' } as const;
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;
const NO_FACE = '?';

/** Splits a printable line into the runs that draw it, from left to right. */
export function textRuns(line: string, style: TextStyle): TextRun[] {
  const main = fontFace(style);
  if (main.covers(line)) return line === '' ? [] : [{ text: line, face: main, direction: 'ltr' }];
  const clusters = (line.match(CLUSTER) ?? []).map((cluster) => drawable(cluster, style));
  const levels = bidiLevels(clusters.map((cluster) => cluster.text));
  return visualOrder(grouped(clusters, levels)).map(asRun);
}

/** The characters of a text that none of our faces can draw: worth telling who types it. They print as "?". */
export function undrawable(text: string): string[] {
  const clusters = (text.match(CLUSTER) ?? []).filter(
    (cluster) => drawable(cluster, 'regular').text === NO_FACE,
  );
  return [...new Set(clusters)].filter((cluster) => cluster !== NO_FACE);
}

function drawable(cluster: string, style: TextStyle): Cluster {
  // Fancy letters (𝓙, full width) say the same as plain ones; a mark we cannot draw leaves its letter.
  for (const text of [cluster, cluster.normalize('NFKC'), cluster.replace(/\p{M}+/gu, '')]) {
    const face = text === '' ? undefined : faceFor(text, style);
    if (face) return { text, face };
  }
  return { text: NO_FACE, face: fontFace(style) };
}

function faceFor(cluster: string, style: TextStyle): FontFace | undefined {
  const main = fontFace(style);
  if (main.covers(cluster)) return main;
  const fallback = fontFace(FALLBACK[style]);
  return fallback.covers(cluster) ? fallback : undefined;
}

/** Neighbours of one face and level make one piece; a space stays with the word before it, so that words join. */
function grouped(clusters: Cluster[], levels: Level[]): (Cluster & { level: Level })[] {
  const pieces: (Cluster & { level: Level })[] = [];
  clusters.forEach(({ text, face }, i) => {
    const level = levels[i]!;
    const last = pieces.at(-1);
    const joins = last?.level === level && (last.face === face || (text === ' ' && last.face.covers(text)));
    if (joins) last.text += text;
    else pieces.push({ text, face, level });
  });
  return pieces;
}

/** Right-to-left words are turned by the layout of their face; what stands between them is turned here. */
function asRun({ text, face, level }: Cluster & { level: Level }): TextRun {
  if (level !== 1) return { text, face, direction: 'ltr' };
  const turned = mirrored(text);
  if (hasRightToLeft(text)) return { text: turned, face, direction: 'rtl' };
  return { text: [...turned].reverse().join(''), face, direction: 'ltr' };
}
