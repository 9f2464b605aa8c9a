const NARROW = '\u202f';

/**
 * Translators type on ordinary keyboards; readers get the typography of the Imprimerie nationale:
 * narrow no-break spaces before ; : ! ? % € and inside « », and the curved apostrophe.
 */
export function frenchTypography(text: string): string {
  return text
    .replace(/(?<=\p{L})'(?=[\p{L}\d{«])/gu, '’')
    .replace(/[ \u00a0](?=[;:!?%€»])/g, NARROW)
    .replace(/«[ \u00a0]/g, `«${NARROW}`)
    .replace(/n° /g, 'n°\u00a0');
}
