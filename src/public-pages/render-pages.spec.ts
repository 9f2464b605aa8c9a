import { describe, expect, it } from '@jest/globals';
import {
  FREE_AMOUNT_ONLY,
  GARDENS,
  GIFT_PAGE,
  GIFT_STATUSES,
  LONG_GIFT_PAGE,
  PAGE_FIXTURES,
  REFUSED_GIFT_PAGE,
} from '../../test/support/page-fixtures.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import { parseGiftForm } from './parse-gift-form.js';
import { PublicPageRenderer } from './render-pages.js';

const engine = new TemplateEngine();
const pages = new PublicPageRenderer(engine);
const french = { locale: 'fr', sandbox: false };
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1]!);

describe.each(PAGE_FIXTURES)('page: %s', (_name, draw) => {
  const drawn = engine.translations.locales.map((locale) => draw(pages, { locale, sandbox: true }));

  it('has no hole', () => {
    for (const html of drawn) expect(html).not.toMatch(/undefined|null|NaN|\[object|\{\{/);
  });

  it('keeps its promises: no inline code or style, no other host, no cookie', () => {
    for (const html of drawn) {
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style/);
      for (const url of all(html, /\s(?:src|href|action)="([^"]*)"/g)) {
        expect(url).toMatch(/^(?:[#?]|\/(?!\/)|mailto:|$)/);
      }
    }
  });

  it('every id is one element’s, and every reference finds its element', () => {
    for (const html of drawn) {
      const ids = all(html, /\sid="([^"]+)"/g);
      expect(new Set(ids).size).toBe(ids.length);
      const references = [
        ...all(html, /\s(?:aria-describedby|aria-labelledby|for)="([^"]+)"/g).flatMap((list) =>
          list.split(' '),
        ),
        ...all(html, /\shref="#([^"]+)"/g),
      ];
      for (const reference of references) expect(ids).toContain(reference);
    }
  });

  it('has one main heading, a title, its language, and the sandbox banner', () => {
    drawn.forEach((html, i) => {
      const locale = engine.translations.locales[i]!;
      expect(all(html, /<(h1)>/g)).toHaveLength(1);
      expect(html).toMatch(/<title>[^<]{5,}<\/title>/);
      expect(html).toContain(`<html lang="${locale}"`);
      expect(html).toContain(engine.translator(locale).t('common.sandbox'));
    });
  });
});

describe('the gift page', () => {
  it('weighs less than 60 kB with all that it loads', () => {
    const html = pages.gift(REFUSED_GIFT_PAGE, french);
    const urls = all(html, /(?:src|href)="(\/assets\/[^"]+)"/g);
    const bytes = urls.map((url) => engine.assets.find(url)!.bytes.length);
    expect(urls).toHaveLength(4);
    expect(Buffer.byteLength(html) + bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
    expect(engine.assets.text('obole.js').length).toBeLessThan(6_000);
  });

  it('no banner where money is real', () => {
    expect(pages.gift(GIFT_PAGE, french)).not.toContain(engine.translator('fr').t('common.sandbox'));
  });

  it('no amount is chosen for the donor; what was chosen is ticked, and no figure is on the button that only a script could keep true', () => {
    expect(pages.gift(GIFT_PAGE, french)).not.toMatch(/name="(amount|tip)"[^>]* checked>/);
    const typed = parseGiftForm({ amount: '2000' }).typed;
    const html = pages.gift({ ...GIFT_PAGE, typed }, french);
    expect(html).toMatch(/value="2000" checked>/);
    expect(html).toMatch(/>Donner<\/button>/);
  });

  it('a refused form keeps every letter and says each fault beside its field', () => {
    const html = pages.gift(REFUSED_GIFT_PAGE, french);
    expect(html).toContain('value="beaucoup"');
    expect(html).toContain('value="zoe@"');
    expect(html).toMatch(/id="email"[^>]*aria-describedby="email-hint email-error" aria-invalid="true"/);
    expect(html).toMatch(/<title>Erreur/);
    expect(html).toContain('href="#otherAmount"');
    expect(all(html, /<li><a href="#(\w+)">/g)).toHaveLength(8);
  });

  it('the tax reduction is never promised where there is none', () => {
    expect(pages.gift(GIFT_PAGE, french)).toMatch(/66\u202f%/);
    expect(pages.gift({ ...GIFT_PAGE, association: { ...GARDENS, isEligible: false } }, french)).not.toMatch(
      /66\u202f%/,
    );
    expect(pages.gift({ ...GIFT_PAGE, taxReduction: null }, french)).not.toMatch(/réduction/);
    expect(pages.gift(LONG_GIFT_PAGE, french)).not.toContain('wantsReceipt"');
  });

  it('a form with a free amount only has it ticked', () => {
    expect(pages.gift(FREE_AMOUNT_ONLY, french)).toMatch(/id="amount-other" value="other" checked/);
  });

  it('France comes first in a list of countries in the reader’s language', () => {
    const names = all(pages.gift(GIFT_PAGE, { ...french, locale: 'en' }), /<option[^>]*>([^<]+)</g);
    expect(names.slice(0, 2)).toEqual(['France', 'Afghanistan']);
    expect(names).toHaveLength(249);
  });

  it('what people wrote is text, not markup', () => {
    const form = { ...GIFT_PAGE.form, title: '<img src=x onerror=alert(1)>', description: '"><script>' };
    const html = pages.gift({ ...GIFT_PAGE, form }, french);
    expect(html).not.toMatch(/<img src=x|"><script>/);
  });
});

describe('the status page', () => {
  const draw = (name: string) => pages.giftStatus(GIFT_STATUSES[name]!, french);

  it('waits by itself, with and without script', () => {
    for (const name of ['open', 'pending', 'unknown']) {
      expect(draw(name)).toMatch(/<noscript><meta http-equiv="refresh"/);
      expect(draw(name)).toContain('data-poll="/don/x/etat"');
    }
    expect(draw('failed')).not.toMatch(/refresh|data-poll/);
  });

  it.each(['failed', 'canceled', 'expired'])('%s: nothing was charged, and one click tries again', (name) => {
    expect(draw(name)).toContain('Rien n’a été débité.');
    expect(draw(name)).toContain('<form method="post" action="/don/x/reessayer">');
  });

  it('while nobody knows, the donor is asked not to pay twice', () => {
    expect(draw('unknown')).toContain('Inutile de payer une seconde fois');
  });

  it('is no page for search engines', () => {
    for (const name of Object.keys(GIFT_STATUSES)) expect(draw(name)).toContain('content="noindex"');
  });
});
