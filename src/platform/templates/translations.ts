import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInstance, type i18n } from 'i18next';
import type { Locale } from './choose-locale.js';
import { createFormatter, type Formatter } from './formatter.js';
import { frenchTypography } from './french-typography.js';

export type TextParams = Record<string, string | number>;

/** The words of one language. `t('gift.submit')` reads key `submit` of `gift.json`. */
export interface Translator {
  readonly locale: Locale;
  readonly format: Formatter;
  /** Throws on a missing key or value: a page with a hole in a sentence must not go out. `count` chooses the plural. */
  t(key: string, params?: TextParams): string;
  has(key: string): boolean;
}

type Texts = { [key: string]: string | Texts };

/** Every text of templates/locales, read once. */
export class Translations {
  readonly locales: readonly Locale[];
  private readonly translators: ReadonlyMap<Locale, Translator>;

  constructor(folder: string) {
    this.locales = readdirSync(folder).sort();
    const engine = createEngine(folder, this.locales);
    this.translators = new Map(this.locales.map((locale) => [locale, createTranslator(engine, locale)]));
  }

  /** @throws Error for a language without a folder: `chooseLocale` gives only known ones. */
  translator(locale: Locale): Translator {
    const found = this.translators.get(locale);
    if (!found) throw new Error(`There is no language "${locale}" in templates/locales.`);
    return found;
  }
}

function createEngine(folder: string, locales: readonly Locale[]): i18n {
  const engine = createInstance();
  void engine.init({
    initAsync: false,
    fallbackLng: false,
    resources: Object.fromEntries(
      locales.map((locale) => [locale, { translation: readTexts(join(folder, locale), locale) }]),
    ),
    // Eta escapes what it prints; escaping twice would show « &amp; ».
    interpolation: { escapeValue: false },
    parseMissingKeyHandler: (key) => {
      throw new Error(`No text for "${key}".`);
    },
    missingInterpolationHandler: (text: string, match: string[]) => {
      throw new Error(`The text "${text}" wants a value for ${match[0]}.`);
    },
  });
  return engine;
}

function createTranslator(engine: i18n, locale: Locale): Translator {
  const t = engine.getFixedT(locale) as (key: string, params?: TextParams) => string;
  return {
    locale,
    format: createFormatter(t('common.intlTag')),
    t,
    has: (key) => engine.exists(key, { lng: locale }),
  };
}

function readTexts(folder: string, locale: Locale): Texts {
  const polish = locale === 'fr' ? frenchTypography : (text: string) => text.replace(/(?<=\p{L})'/gu, '’');
  const texts: Texts = {};
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const parsed = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Texts;
    texts[basename(file, '.json')] = mapTexts(parsed, polish);
  }
  return texts;
}

function mapTexts(texts: Texts, change: (text: string) => string): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [
      key,
      typeof value === 'string' ? change(value) : mapTexts(value, change),
    ]),
  );
}
