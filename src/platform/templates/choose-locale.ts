/** The name of a folder of templates/locales: "fr", "en". Adding a language is adding a folder. */
export type Locale = string;

export const DEFAULT_LOCALE: Locale = 'fr';

export interface LocaleHints {
  /** `?lang=` of the address. */
  lang?: unknown;
  acceptLanguage?: string;
}

/** What the reader asked for in the address, else what the browser prefers, else French. */
export function chooseLocale(hints: LocaleHints, available: readonly Locale[]): Locale {
  if (typeof hints.lang === 'string' && available.includes(hints.lang)) return hints.lang;
  for (const tag of preferences(hints.acceptLanguage ?? '')) {
    const found = available.find((locale) => locale === tag || locale === tag.split('-')[0]);
    if (found) return found;
    if (tag === '*') return DEFAULT_LOCALE;
  }
  return DEFAULT_LOCALE;
}

/** The tags of an Accept-Language header (RFC 9110, 12.5.4), most wanted first; q=0 means "not this one". */
function preferences(header: string): string[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
