/**
 * Text from people, made fit for paper: composed accents (NFC), no control or invisible characters (line ends
 * become spaces), no emoji. What no face can draw is settled later, face in hand (text-runs.ts).
 */
export function printable(text: string): string {
  if (/^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u2010-\u2027\u202f\u20ac]*$/.test(text)) {
    return text.includes('  ') ? tidy(text) : text.trim();
  }
  const composed = text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]/gu, (space) => (space === '\u00a0' || space === '\u202f' ? space : ' '))
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(EMOJI, '')
    .replace(PILED_MARKS, '$1');
  return tidy(composed);
}

/** ©, ® and ™ are pictographs too in Unicode's eyes; they stay. */
const EMOJI =
  /(?![©®™])\p{Extended_Pictographic}|[\p{Emoji_Modifier}\p{Regional_Indicator}\u{fe00}-\u{fe0f}\u20e3]/gu;

/** No living script piles more than three marks on a letter; more is a prank that would run over other lines. */
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;

function tidy(text: string): string {
  return text.replace(/ {2,}/g, ' ').trim();
}
