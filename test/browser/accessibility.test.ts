import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import { PublicPageRenderer, publicPageHeaders } from '../../src/public-pages/index.js';
import { renderMail } from '../../src/platform/templates/render-mail.js';
import { TemplateEngine } from '../../src/platform/templates/template-engine.js';
import { launchBrowser } from '../support/chromium.js';
import { MAIL_FIXTURES, PAGE_FIXTURES } from '../support/page-fixtures.js';
import { describeWith } from '../support/tools/describe-with.js';

jest.setTimeout(120_000);

const ORIGIN = 'http://pages.test';
const engine = new TemplateEngine();
const renderer = new PublicPageRenderer(engine);
const headers = publicPageHeaders({ checkoutOrigins: [] });
const mails = MAIL_FIXTURES.map(
  ([name, view]) => [name, renderMail(engine, 'thank-you', 'fr', view).html] as const,
);
const HTML = 'text/html; charset=utf-8';

/** Of the pages of errors one: they differ in their words alone. */
const PAGE_NAMES = PAGE_FIXTURES.map(([name]) => name).filter(
  (name) => !name.startsWith('error ') || name === 'error internal',
);

/** 640 CSS pixels at twice the density is what 200 % zoom leaves of a screen of 1280. */
const LOOKS: [string, BrowserContextOptions, string][] = [
  ['light, at a desk', { viewport: { width: 1280, height: 800 } }, 'fr'],
  ['dark, 320 pixels wide', { viewport: { width: 320, height: 568 }, colorScheme: 'dark' }, 'en'],
  [
    'forced colours, zoomed to 200 %',
    { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, forcedColors: 'active' },
    'fr',
  ],
];

type Answer = NonNullable<Parameters<Route['fulfill']>[0]>;

/** Every page in every state, drawn as the application draws it and served under its own headers. */
async function serve(page: Page, locale: string): Promise<void> {
  const answers = new Map<string, Answer>();
  for (const [name, draw] of PAGE_FIXTURES)
    answers.set(encodeURI(`/page/${name}`), { body: draw(renderer, { locale, sandbox: true }), headers });
  // Without the sandbox of the mailbox: axe is a script, too.
  for (const [name, body] of mails) answers.set(encodeURI(`/mail/${name}`), { body, contentType: HTML });
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const asset = engine.assets.find(pathname);
    const known = asset ? { body: asset.bytes, contentType: asset.contentType } : answers.get(pathname);
    await route.fulfill(known ?? { status: 404, contentType: HTML });
  });
}

describeWith('chromium', 'every page in every state', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  describe.each(LOOKS)('%s', (_look, options, locale) => {
    let page: Page;
    beforeAll(async () => {
      const context = await browser.newContext(options);
      page = await context.newPage();
      await serve(page, locale);
    });
    afterAll(() => page.context().close());

    const show = (path: string) => page.goto(ORIGIN + encodeURI(path));

    it.each(PAGE_NAMES)('%s: nothing for axe to find, nothing cut off', async (name) => {
      await show(`/page/${name}`);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toEqual([]);
    });

    it.each(mails.map(([name]) => name))(
      'mail, %s: nothing for axe to find, nothing cut off',
      async (name) => {
        await show(`/mail/${name}`);
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toEqual([]);
      },
    );

    it('with the fold opened and a choice made', async () => {
      await show('/page/gift');
      await page.locator('input[name=amount]').first().check();
      await page.locator('#wantsReceipt').check();
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toEqual([]);
    });
  });
});

async function violations(page: Page): Promise<string[]> {
  // No script runs in the frame that shows a mail; the mails are looked at one by one.
  const { violations: found } = await new AxeBuilder({ page })
    .exclude('.mail-frame')
    // A few times faster, and the same without frames.
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** What reaches beyond the right edge: nobody should have to scroll sideways to read or to give. */
function overflow(page: Page): Promise<string[]> {
  return page.locator('html').evaluate((html) => {
    const elements: Element[] = [...html.querySelectorAll('body *')];
    return elements
      .filter((element) => element.getBoundingClientRect().right > html.clientWidth + 1)
      .filter(() => html.scrollWidth > html.clientWidth)
      .map((element) => element.outerHTML.slice(0, 120));
  });
}

/** The little of a browser's types that is needed here: this code runs in the page. */
interface Element {
  outerHTML: string;
  getBoundingClientRect(): { right: number };
}
