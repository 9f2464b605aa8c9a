import { join } from 'node:path';
import { Eta } from 'eta';
import { Assets } from './assets.js';
import type { Locale } from './choose-locale.js';
import { paragraphs } from './paragraphs.js';
import { projectRoot } from '../config/project-root.js';
import { Translations, type Translator } from './translations.js';

/** What a template sees, as plain names: `view` is its own data, the rest is the same for all. */
const HEADER = 'const { view, page, t, format, locale, asset, paragraphs } = it;';

/**
 * Draws templates/**.eta. HTML is escaped wherever `<%= %>` prints; `text` is for the plain part of mails,
 * where nothing may be escaped.
 */
export class TemplateEngine {
  readonly translations: Translations;
  readonly assets: Assets;
  private readonly html: Eta;
  private readonly plain: Eta;

  constructor(folder: string = join(projectRoot(), 'templates')) {
    this.translations = new Translations(join(folder, 'locales'));
    this.assets = new Assets(join(folder, 'assets'));
    const common = { views: folder, functionHeader: HEADER, cache: true };
    this.html = new Eta({ ...common, autoEscape: true, autoTrim: [false, 'nl'] });
    this.plain = new Eta({ ...common, autoEscape: false, autoTrim: [false, 'nl'] });
  }

  translator(locale: Locale): Translator {
    return this.translations.translator(locale);
  }

  /** `name` is a path under templates/ without ending: "public/gift". `page` is what the layout needs. */
  render(name: string, view: object, { locale, page }: { locale: Locale; page?: object }): string {
    return this.html.render(name, this.context(view, locale, page));
  }

  text(name: string, view: object, { locale }: { locale: Locale }): string {
    return this.plain.render(name, this.context(view, locale));
  }

  private context(view: object, locale: Locale, page: object = {}): object {
    const { t, format } = this.translator(locale);
    return { view, page, t, format, locale, paragraphs, asset: (asset: string) => this.assets.url(asset) };
  }
}
