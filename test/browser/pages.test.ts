import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor, hasFocus } from '../support/browser.js';
import { PHONE, launchBrowser } from '../support/chromium.js';
import { givenAssociation, givenForm, type GivenAssociation, type GivenForm } from '../support/factories.js';
import { call } from '../support/http-client.js';
import { describeWith } from '../support/tools/describe-with.js';

jest.setTimeout(60_000);

/** A red square of 2 × 2 pixels. */
const LOGO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);

describeWith('chromium', 'the pages in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  let association: GivenAssociation;
  let form: GivenForm;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    app = await startTestApp();
    browser = await launchBrowser();
    association = await givenAssociation(app);
    form = await givenForm(app, association, {
      description: 'Mille bulbes à planter, de la Villette à la Bastille.',
      goalCents: 500_000,
    });
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });
  beforeEach(async () => {
    visitor = await Visitor.arrive(browser, app);
    page = visitor.page;
  });
  afterEach(() => visitor.leave());

  it('each is quiet: no cookie, no other host, no complaint, whatever the address', async () => {
    const statuses: Record<string, number> = {};
    const addresses = [
      '/',
      `/${association.slug}`,
      `/${association.slug}/donnees-personnelles`,
      form.path,
      '/boite-aux-lettres',
      '/favicon.ico',
      '/robots.txt',
      '/nulle-part',
      '/nulle-part/ailleurs',
      '/don/inconnu',
    ];
    for (const address of addresses) statuses[address] = await visitor.open(address);
    expect(Object.values(statuses)).toEqual([200, 200, 200, 200, 200, 200, 200, 404, 404, 404]);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Cette page n’existe pas');
  });

  it('the documentation of the API needs no other host', async () => {
    await visitor.open('/docs');
    await page.getByText('/v1/associations/{slug}/forms/{formSlug}/donations').first().waitFor();
  });

  it('on a small phone an amount can be chosen without scrolling', async () => {
    await page.setViewportSize(PHONE);
    await visitor.open(form.path);
    const box = await page.locator('.tile').first().boundingBox();
    expect(box!.y + box!.height).toBeLessThan(PHONE.height);
  });

  it('every target is large enough for a finger', async () => {
    await page.setViewportSize(PHONE);
    await visitor.open(form.path);
    const small = await page
      .locator(
        'button, select, input:not([type=hidden]):not(.radio):not([type=checkbox]), summary, .tile, .check',
      )
      .evaluateAll((elements) =>
        elements
          .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
          .map((element) => element.outerHTML.slice(0, 100)),
      );
    expect(small).toEqual([]);
  });

  it('a logo takes the place of the letter', async () => {
    const answer = await call(app, `/v1/forms/${form.id}/logo`, {
      method: 'PUT',
      key: association.keys.owner,
      body: new Uint8Array(LOGO),
      headers: { 'content-type': 'image/png' },
    });
    expect(answer.status).toBeLessThan(300);
    for (const address of [form.path, `/${association.slug}`]) {
      await visitor.open(address);
      const logo = page.locator('img.logo');
      expect(
        await logo.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
      ).toBe(2);
    }
  });

  describe('with a keyboard alone', () => {
    it('the order of tabbing is the order of reading, and the focus is always seen', async () => {
      await visitor.open(form.path);
      // By script, so that the visit still begins at the top.
      for (const folded of await page.locator('summary, #wantsReceipt').all())
        await folded.evaluate((element) => element.click());
      const stops = await tabThrough(page);
      expect(stops.length).toBeGreaterThan(15);
      expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
      // Document order is what is read aloud; here it must be what the eye meets, too.
      const upwards = stops.filter(({ top }, i) => i > 0 && top < stops[i - 1]!.top - 1);
      expect(upwards).toEqual([]);
      expect(stops[0]!.name).toBe('Aller au contenu');
    });

    it('a whole gift', async () => {
      const { keyboard } = page;
      await visitor.open(form.path);
      await keyboard.press('Tab');
      await keyboard.press('Enter');
      // How often: once, unless said otherwise.
      await keyboard.press('Tab');
      await keyboard.press('Tab');
      // One stop for the group: arrows choose in it.
      await keyboard.press('Space');
      await keyboard.press('ArrowRight');
      expect(await page.locator('form.gift button').textContent()).toMatch(/^Donner 50\s€$/);
      for (const text of ['', 'Camille', 'Martin', 'camille@example.org']) {
        await keyboard.press('Tab');
        await keyboard.type(text);
      }
      await keyboard.press('Enter');
      await page.waitForURL(`${app.sandbox.checkoutUrl}/**`);
      expect(await page.locator('body').textContent()).toMatch(/50,00\s€/);
    });

    it('the arrows of the group reach the free amount without leaving it', async () => {
      await visitor.open(form.path);
      await page.locator('input[name=amount]').first().focus();
      await page.keyboard.press('ArrowUp');
      const other = page.getByRole('radio', { name: 'Autre montant' });
      expect([await other.isChecked(), await hasFocus(other)]).toEqual([true, true]);
      await page.keyboard.press('Tab');
      await page.keyboard.type('12');
      expect(await page.locator('form.gift button').textContent()).toMatch(/^Donner 12\s€$/);
    });
  });
});

interface Stop {
  name: string;
  /** Where it begins on the page, in pixels. */
  top: number;
  /** An outline of at least two pixels, on it or on the tile around it. */
  isSeen: boolean;
}

/** Presses Tab until the focus leaves the page. */
async function tabThrough(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const [stop] = await focused.evaluateAll((elements) =>
      elements.map((element) => {
        const { defaultView } = element.ownerDocument;
        const around = [element, element.closest('.tile, .often-choice'), element.closest('.card')].filter(
          (e) => e !== null,
        );
        const isSeen = around.some((e) => {
          const { outlineStyle, outlineWidth } = defaultView.getComputedStyle(e);
          return outlineStyle !== 'none' && parseInt(outlineWidth) >= 2;
        });
        const name = element.textContent.trim() || element.id;
        return { name, top: element.getBoundingClientRect().top + defaultView.scrollY, isSeen };
      }),
    );
    if (!stop || stops.length > 100) return stops;
    stops.push(stop);
  }
}
