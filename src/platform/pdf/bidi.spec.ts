import { describe, expect, it } from '@jest/globals';
import { bidiLevels, mirrored, visualOrder } from './bidi.js';

/** Pieces in the order of writing → the order on paper, from left to right. */
function onPaper(text: string): string {
  const pieces = text.split(/(\s|[(),-])/).filter((piece) => piece !== '');
  const levels = bidiLevels(pieces);
  const items = pieces.map((piece, i) => ({ piece, level: levels[i]! }));
  return visualOrder(items)
    .map(({ piece, level }) => (level === 1 ? mirrored(piece) : piece))
    .join('');
}

describe('a line with right-to-left words', () => {
  it.each([
    ['Latin words alone stay', 'Zoé Martin (12)', 'Zoé Martin (12)'],
    ['Hebrew words are read from the right', 'אברהם בן דוד', 'דוד בן אברהם'],
    ['a number keeps its place among them, and its digits their order', 'رقم 123 شارع', 'شارع 123 رقم'],
    ['brackets open towards what they hold', 'محمد (الدين)', '(الدين) محمد'],
    ['a Latin name in a right-to-left line keeps its order', 'محمد Zoé Martin علي', 'علي Zoé Martin محمد'],
    [
      'right-to-left words in a Latin line are turned among themselves',
      'rue אברהם בן 5, Paris',
      'rue 5 בן אברהם, Paris',
    ],
  ])('%s', (_, written, paper) => expect(onPaper(written)).toBe(paper));
});
