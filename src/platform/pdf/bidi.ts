/**
 * The order in which a line with right-to-left words stands on paper: the part of the Unicode bidirectional
 * algorithm (UAX #9) that names and addresses need. No explicit embeddings (printable text has none), and
 * brackets follow the words beside them instead of rule N0.
 */
export type Level = 0 | 1 | 2;

const RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /\p{L}/u;
const NUMBER = /\p{N}/u;

type Kind = 'R' | 'L' | 'number' | 'neutral';

export function hasRightToLeft(text: string): boolean {
  return RTL.test(text);
}

/** One level per piece: even ones run left to right. The first letter of the line sets its direction. */
export function bidiLevels(pieces: readonly string[]): Level[] {
  const kinds = pieces.map(kindOf);
  const base = kinds.find((kind) => kind === 'R' || kind === 'L') === 'R' ? 1 : 0;
  const strong = numbersAsStrong(kinds, base);
  return kinds.map((kind, i) => {
    if (kind === 'neutral') return neutralLevel(strong, i, base);
    if (kind === 'R') return 1;
    // Digits keep their order inside a right-to-left stretch; Latin words in a right-to-left line too.
    return strong[i] === 'R' || base === 1 ? 2 : 0;
  });
}

/** Rule L2: from the highest level down, each stretch of that level or above is turned round. */
export function visualOrder<T extends { level: Level }>(items: readonly T[]): T[] {
  const ordered = [...items];
  for (const level of [2, 1] as const) {
    for (let start = 0; start < ordered.length; start++) {
      if (ordered[start]!.level < level) continue;
      let end = start;
      while (end + 1 < ordered.length && ordered[end + 1]!.level >= level) end++;
      ordered.splice(start, end - start + 1, ...ordered.slice(start, end + 1).reverse());
      start = end;
    }
  }
  return ordered;
}

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

/** A bracket opens towards the text it holds, whichever way that runs. */
export function mirrored(text: string): string {
  return text.replace(/[()[\]<>«»]/g, (bracket) => MIRRORED[bracket]!);
}

function kindOf(piece: string): Kind {
  if (RTL.test(piece)) return 'R';
  if (LETTER.test(piece)) return 'L';
  return NUMBER.test(piece) ? 'number' : 'neutral';
}

/** A number belongs to the word before it (rule W7 for Latin words; for the others it stays a number within them). */
function numbersAsStrong(kinds: readonly Kind[], base: number): ('R' | 'L' | 'neutral')[] {
  let before: 'R' | 'L' = base === 1 ? 'R' : 'L';
  return kinds.map((kind) => {
    if (kind === 'neutral') return 'neutral';
    if (kind !== 'number') before = kind;
    return before;
  });
}

/** Rules N1 and N2: between two words of one direction it is theirs, else the line's. */
function neutralLevel(strong: readonly ('R' | 'L' | 'neutral')[], at: number, base: Level): Level {
  const lineSide = base === 1 ? 'R' : 'L';
  const before = strong.slice(0, at).findLast((side) => side !== 'neutral') ?? lineSide;
  const after = strong.slice(at + 1).find((side) => side !== 'neutral') ?? lineSide;
  const side = before === after ? before : lineSide;
  if (side === 'R') return 1;
  return base === 1 ? 2 : 0;
}
