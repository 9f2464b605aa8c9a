import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/browser.js';
import { DESKTOP, PHONE, launchBrowser } from '../support/chromium.js';
import { ConnectJourney } from '../support/connect.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  someSlug,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { plainSpaces } from '../support/pdf-text.js';
import { describeWith } from '../support/tools/describe-with.js';
import { GiftForm } from './giving.js';

const WAYS: [string, BrowserContextOptions][] = [
  ['on a phone', { viewport: PHONE, hasTouch: true }],
  ['on a phone without script', { viewport: PHONE, hasTouch: true, javaScriptEnabled: false }],
  ['at a desk', { viewport: DESKTOP }],
  ['at a desk without script', { viewport: DESKTOP, javaScriptEnabled: false }],
];

jest.setTimeout(60_000);

describeWith('chromium', 'a contribution to the platform in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  let association: GivenAssociation;
  let form: GivenForm;
  let visitor: Visitor;

  beforeAll(async () => {
    app = await startTestApp();
    browser = await launchBrowser();
    association = await givenAssociation(app);
    await new ConnectJourney(app, association).connect(someSlug('Les Lilas'));
    form = await givenForm(app, association, { platformTip: true });
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });
  afterEach(() => visitor.leave());

  const text = async (selector: string) =>
    plainSpaces((await visitor.page.locator(selector).innerText()).replace(/\s+/g, ' ')).trim();
  const newestGift = async () => {
    const { json } = await call(app, '/v1/donations?limit=1', { key: association.keys.reader });
    const [gift] = (json as { data: Array<{ amount: { cents: number }; tip: { cents: number } }> }).data;
    return [gift!.amount.cents, gift!.tip.cents];
  };

  describe.each(WAYS)('%s', (_way, options) => {
    const hasScript = options.javaScriptEnabled !== false;
    let gift: GiftForm;
    beforeEach(async () => {
      visitor = await Visitor.arrive(browser, app, options);
      await visitor.open(form.path);
      gift = new GiftForm(visitor.page);
    });
    const unfold = () => visitor.page.getByText('Soutenir aussi Obole').click();

    it('is folded away, and who does not look for it gives the gift alone', async () => {
      const { page } = visitor;
      expect(await page.locator('details.tip').getAttribute('open')).toBeNull();
      await gift.choose(50);
      await gift.fillIn();
      if (hasScript) {
        expect(await text('#recap')).toBe('Don 50 € Contribution à la plateforme 0 € Total 50 €');
        expect(plainSpaces(await gift.button.innerText())).toBe('Donner 50 €');
      }
      await gift.send();
      await visitor.decide('Payé');
      expect(await newestGift()).toEqual([5_000, 0]);
      expect(await text('.facts')).not.toContain('Contribution');
    });

    it('is said apart before it is paid, and after', async () => {
      await gift.choose(50);
      await gift.fillIn();
      await unfold();
      await visitor.page.getByRole('radio', { name: /^2\s€$/ }).check();
      if (hasScript) {
        expect(await text('#recap')).toBe('Don 50 € Contribution à la plateforme 2 € Total 52 €');
        expect(plainSpaces(await gift.button.innerText())).toBe('Payer 52 €');
      }
      await gift.send();
      await visitor.decide('Payé');
      expect(await newestGift()).toEqual([5_000, 200]);
      await eventually(async () => {
        await visitor.page.reload();
        return (await text('h1')) === 'Merci, Camille.';
      }, 'the page says thank you');
      expect(await text('.facts')).toContain('Montant 50 €');
      expect(await text('.facts')).toContain('Contribution à la plateforme 2 €');
    });

    it('that is no amount is asked again, with the gift as it was', async () => {
      await gift.choose(50);
      await gift.fillIn();
      await unfold();
      await visitor.page.getByRole('radio', { name: 'Autre', exact: true }).check();
      await visitor.page.getByLabel('Autre contribution, en euros').fill('un peu');
      if (hasScript) expect(await visitor.page.locator('#recap').isHidden()).toBe(true);
      await gift.send();
      const { page } = visitor;
      await page.getByRole('link', { name: /^Écrivez la contribution en chiffres/ }).click();
      expect(await page.locator('#otherTip').inputValue()).toBe('un peu');
      expect(await page.locator('details.tip').getAttribute('open')).not.toBeNull();
      await page.getByRole('radio', { name: /^0\s€$/ }).check();
      if (!hasScript) await page.locator('#otherTip').fill('');
      await gift.send();
      await visitor.decide('Payé');
      expect(await newestGift()).toEqual([5_000, 0]);
    });
  });

  it('leaves the written amount when another is ticked', async () => {
    visitor = await Visitor.arrive(browser, app);
    await visitor.open(form.path);
    const { page } = visitor;
    await new GiftForm(page).choose(20);
    await page.getByText('Soutenir aussi Obole').click();
    await page.locator('#otherTip').fill('3,50');
    expect(await page.locator('#tip-other').isChecked()).toBe(true);
    expect(await text('#recap')).toBe('Don 20 € Contribution à la plateforme 3,50 € Total 23,50 €');
    await page.getByRole('radio', { name: /^0\s€$/ }).check();
    expect(await page.locator('#otherTip').inputValue()).toBe('');
    expect(await text('#recap')).toBe('Don 20 € Contribution à la plateforme 0 € Total 20 €');
  });
});
