import { describe, expect, it } from '@jest/globals';
import { textRuns, undrawable } from './text-runs.js';

const runs = (text: string) =>
  textRuns(text, 'regular').map((run) => [run.face.name, run.direction, run.text]);

describe('the runs of a line', () => {
  it('sets Latin, Greek and Cyrillic in one face', () => {
    expect(runs('Zoé Ελένη Юлия Łukasz Ștefan')).toEqual([
      ['regular', 'ltr', 'Zoé Ελένη Юлия Łukasz Ștefan'],
    ]);
    expect(runs('')).toEqual([]);
  });

  it('takes the fallback face for the scripts that the first lacks', () => {
    expect(runs('Zoé Մարիամ')).toEqual([
      ['regular', 'ltr', 'Zoé '],
      ['fallback', 'ltr', 'Մարիամ'],
    ]);
  });

  it('keeps the words of a right-to-left name in one run, turned by the face', () => {
    expect(runs('محمد بن علي')).toEqual([['fallback', 'rtl', 'محمد بن علي']]);
    expect(runs('محمد (علي)')).toEqual([
      ['regular', 'ltr', '('],
      ['fallback', 'rtl', 'علي'],
      ['regular', 'ltr', ')'],
      ['fallback', 'rtl', 'محمد '],
    ]);
  });

  it('reads fancy letters as plain ones', () => {
    expect(runs('𝓙𝓮𝓪𝓷 Ｚｏé')).toEqual([['regular', 'ltr', 'Jean Zoé']]);
  });

  it('never prints an empty box: what no face can draw becomes a question mark, and is told', () => {
    expect(runs('王 Zoé')).toEqual([['regular', 'ltr', '? Zoé']]);
    expect(undrawable('王小王 Zoé ? Юлия')).toEqual(['王', '小']);
  });
});
