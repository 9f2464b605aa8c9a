import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor, hasFocus } from '../support/browser.js';
import { DESKTOP, PHONE, launchBrowser } from '../support/chromium.js';
import {
  disturbSandbox,
  eventually,
  givenAssociation,
  givenForm,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { SandboxControl } from '../support/sandbox-control.js';
import { describeWith } from '../support/tools/describe-with.js';
import { GiftForm, giftsOf, openMailTo } from './giving.js';

const WAYS: [string, BrowserContextOptions][] = [
  ['on a phone', { viewport: PHONE, hasTouch: true }],
  ['on a phone without script', { viewport: PHONE, hasTouch: true, javaScriptEnabled: false }],
  ['at a desk', { viewport: DESKTOP }],
  ['at a desk without script', { viewport: DESKTOP, javaScriptEnabled: false }],
];

jest.setTimeout(60_000);

describeWith('chromium', 'a gift in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  let association: GivenAssociation;
  let form: GivenForm;
  let visitor: Visitor;

  beforeAll(async () => {
    app = await startTestApp();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });
  beforeEach(async () => {
    association = await givenAssociation(app);
    form = await givenForm(app, association, { thankYouText: 'Les premières tulipes sortiront en avril.' });
  });
  afterEach(() => visitor.leave());

  describe.each(WAYS)('%s', (way, options) => {
    const hasScript = options.javaScriptEnabled !== false;
    let gift: GiftForm;

    beforeEach(async () => {
      visitor = await Visitor.arrive(browser, app, options);
      expect(await visitor.open(form.path)).toBe(200);
      gift = new GiftForm(visitor.page);
    });

    it('goes from the amount to the mail with the receipt', async () => {
      const { page } = visitor;
      const email = `${way.replaceAll(' ', '-')}@example.org`;
      await gift.choose(50);
      if (hasScript) expect(await gift.button.textContent()).toMatch(/^Donner 50\s€$/);
      await gift.fillIn(email);
      await gift.wantReceipt();
      await gift.send();
      await visitor.decide('Payé');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Merci, Camille.');
      expect(await page.locator('.letter').textContent()).toContain('tulipes');

      const link = page.getByRole('link', { name: 'Télécharger le reçu (PDF)' });
      if (!hasScript) {
        const check = page.getByRole('link', { name: 'Voir s’il est prêt' });
        await eventually(async () => {
          if (await check.isVisible()) await check.click();
          return link.isVisible();
        }, 'the receipt is on the page');
      }
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(download.suggestedFilename()).toMatch(/^recu-fiscal-\d{4}-\d{6}\.pdf$/);
      const pdf = await readFile(await download.path());
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');

      await openMailTo(visitor, email);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^Votre don de 50\s€/);
      expect(await page.frameLocator('.mail-frame').locator('body').innerText()).toContain('Merci, Camille.');
      const attachment = page.getByRole('link', { name: download.suggestedFilename() });
      const address = new URL((await attachment.getAttribute('href'))!, app.url).href;
      expect(pdf.equals(await (await page.request.get(address)).body())).toBe(true);
    });

    it('a form with faults comes back with every letter, says what to mend, and makes no gift', async () => {
      const { page } = visitor;
      await page.getByLabel('Prénom').fill('Zoé');
      await page.getByLabel('Adresse électronique').fill('zoe@');
      await page.getByLabel('Je souhaite un reçu fiscal').check();
      await page.getByLabel('Commune').fill('Pantin');
      await gift.send();

      const summary = page.locator('#error-summary');
      await summary.waitFor();
      if (hasScript) expect(await hasFocus(summary)).toBe(true);
      expect(await page.title()).toMatch(/^Erreur/);
      await summary.getByRole('link', { name: 'Cette adresse électronique semble incomplète' }).click();
      const email = page.getByLabel('Adresse électronique');
      expect(await hasFocus(email)).toBe(true);
      expect(await email.getAttribute('aria-invalid')).toBe('true');
      const describedBy = (await email.getAttribute('aria-describedby'))!.split(' ');
      expect(await page.locator(`#${describedBy.at(-1)}`).textContent()).toContain('semble incomplète');
      expect(await email.inputValue()).toBe('zoe@');
      expect(await page.getByLabel('Prénom').inputValue()).toBe('Zoé');
      expect(await page.getByLabel('Commune').inputValue()).toBe('Pantin');
      expect(await giftsOf(app, association)).toEqual([]);
    });

    it('two quick clicks make one gift and one payment', async () => {
      const control = new SandboxControl(app);
      const before = (await control.payments()).length;
      await gift.choose(20);
      await gift.fillIn();
      await gift.button.dblclick();
      await visitor.decide('Payé');
      expect(await giftsOf(app, association)).toMatchObject([{ status: 'paid', amount: { cents: 2_000 } }]);
      expect(await control.payments()).toHaveLength(before + 1);
    });

    it('any amount may be written', async () => {
      const { page } = visitor;
      await gift.otherAmount.fill('12,50');
      if (hasScript) {
        expect(await page.getByRole('radio', { name: 'Autre montant' }).isChecked()).toBe(true);
        expect(await gift.button.textContent()).toMatch(/^Donner 12,50\s€$/);
      }
      await gift.fillIn();
      await gift.send();
      await visitor.decide('Payé');
      expect(await page.locator('.lede').textContent()).toMatch(/12,50\s€/);
      expect(await page.locator('.receipt').textContent()).toContain('Vous n’en avez pas demandé');
      expect(await giftsOf(app, association)).toMatchObject([{ status: 'paid', amount: { cents: 1_250 } }]);
    });

    it('a silent provider loses nothing: the form is still filled in, and the second try is the same gift', async () => {
      const { page } = visitor;
      await gift.otherAmount.fill('35');
      await gift.fillIn();
      await gift.wantReceipt();
      await disturbSandbox(app, { only: 'POST', answerHtml: 1_000 });
      await gift.send();
      const notice = page.locator('#notice');
      await notice.waitFor();
      await disturbSandbox(app, {});
      expect(await notice.textContent()).toContain('Rien n’a été débité');
      if (hasScript) expect(await hasFocus(notice)).toBe(true);
      expect(await gift.otherAmount.inputValue()).toBe('35');
      expect(await page.getByLabel('Code postal').inputValue()).toBe('75010');
      if (hasScript) expect(await gift.button.textContent()).toMatch(/^Donner 35\s€$/);
      await gift.send();
      await visitor.decide('Payé');
      expect(await giftsOf(app, association)).toMatchObject([{ status: 'paid', amount: { cents: 3_500 } }]);
    });
  });
});
