const NARROW = '\u202f';
const NO_BREAK = '\u00a0';
const MONTH = 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre';

/**
 * French composition of a sentence: narrow no-break spaces before high punctuation, inside guillemets and between
 * thousands; dates, « n° 12 » and « article 200 » stay together; curly apostrophes. Adds no space where none is.
 */
export function frenchTypography(text: string): string {
  return text
    .replace(/'/g, '’')
    .replace(/[ \u00a0]([;:!?»%€])/g, `${NARROW}$1`)
    .replace(/«[ \u00a0]/g, `«${NARROW}`)
    .replace(/(\d)[ \u00a0](?=\d{3}(?!\d))/g, `$1${NARROW}`)
    .replace(new RegExp(`(\\d{1,2}|1er) (${MONTH}) (?=\\d{4})`, 'g'), `$1${NO_BREAK}$2${NO_BREAK}`)
    .replace(/\b([Nn]°|articles?|L\.) (?=\d|L\.)/g, `$1${NO_BREAK}`);
}
