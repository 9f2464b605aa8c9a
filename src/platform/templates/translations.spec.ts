import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../config/project-root.js';
import { Translations } from './translations.js';

const root = projectRoot();
const localesFolder = join(root, 'templates/locales');
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Texts = { [key: string]: string | Texts };

function flatten(texts: Texts, prefix: string): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}.${key}`, value] as [string, string]]
      : flatten(value, `${prefix}.${key}`),
  );
}

function textsOf(locale: string): Map<string, string> {
  const files = readdirSync(join(localesFolder, locale));
  return new Map(
    files.flatMap((file) =>
      flatten(
        JSON.parse(readFileSync(join(localesFolder, locale, file), 'utf8')) as Texts,
        basename(file, '.json'),
      ),
    ),
  );
}

const locales = readdirSync(localesFolder);
const texts = new Map(locales.map((locale) => [locale, textsOf(locale)]));
const bases = (locale: string) =>
  new Set([...texts.get(locale)!.keys()].map((key) => key.replace(PLURAL, '')));

/** Everything that may name a text: templates and code, without the specs. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(eta|ts)$/.test(file) && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}
const code = [...sources(join(root, 'templates')), ...sources(join(root, 'src'))].join('\n');

/** Keys written out, "gift.submit", and keys with a hole, `status.${state}.title`, as patterns. */
function namedKeys(): { exact: Set<string>; patterns: RegExp[] } {
  const namespaces = [...new Set([...bases('fr')].map((key) => key.split('.')[0]))].join('|');
  const key = `(?:${namespaces})\\.`;
  const exact = [...code.matchAll(new RegExp(`['"](${key}[\\w.-]+)['"]`, 'g'))].map((match) => match[1]!);
  const holed = [...code.matchAll(new RegExp(`\`(${key}[^\`]*)\``, 'g'))].map((match) => match[1]!);
  const patterns = holed.map((template) => {
    const escaped = template.split(/\$\{(?:[^{}]|\{[^}]*\})*\}/).map((part) => part.replace(/[.-]/g, '\\$&'));
    return new RegExp(`^${escaped.join('[\\w-]+')}$`);
  });
  return { exact: new Set(exact), patterns };
}

describe('the texts of every language', () => {
  it('each language has every text that French has, and no other', () => {
    for (const locale of locales) expect([...bases(locale)].sort()).toEqual([...bases('fr')].sort());
  });

  it('a text takes the same values in every language', () => {
    const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    for (const [key, french] of texts.get('fr')!) {
      for (const locale of locales) {
        const translated = texts.get(locale)!.get(key);
        if (translated === undefined || PLURAL.test(key)) continue;
        expect([key, locale, values(translated)]).toEqual([key, locale, values(french)]);
      }
    }
  });

  it('each language has all its own plural forms', () => {
    for (const locale of locales) {
      const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      const counted = new Set([...texts.get(locale)!.keys()].filter((key) => PLURAL.test(key)));
      for (const base of new Set([...counted].map((key) => key.replace(PLURAL, '')))) {
        for (const form of forms) expect(counted).toContain(`${base}_${form}`);
      }
    }
  });

  it('no text is left that nothing shows', () => {
    const { exact, patterns } = namedKeys();
    const unused = [...bases('fr')].filter(
      (key) => !exact.has(key) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('no page names a text that is not there', () => {
    const { exact } = namedKeys();
    const called = [...code.matchAll(/\bt\(\s*['"]([\w.-]+)['"]/g)].map((match) => match[1]!);
    expect([...exact].length).toBeGreaterThan(50);
    expect(called.filter((key) => !bases('fr').has(key))).toEqual([]);
  });
});

describe('Translations', () => {
  const translations = new Translations(localesFolder);

  it('zero is singular in French and plural in English', () => {
    expect(translations.translator('fr').t('site.mailbox.attachments', { count: 0 })).toBe('0 pièce jointe');
    expect(translations.translator('en').t('site.mailbox.attachments', { count: 0 })).toBe('0 attachments');
  });

  it('a sentence with a hole is never shown', () => {
    const { t } = translations.translator('fr');
    expect(() => t('gift.nothing')).toThrow('gift.nothing');
    expect(() => t('gift.submitOften.once')).toThrow('amount');
  });

  it('a donor’s own words cannot call up other texts or values', () => {
    const { t } = translations.translator('fr');
    expect(t('status.paid.titleNamed', { firstName: '$t(gift.submit) {{amount}}' })).toContain('{{amount}}');
  });
});
