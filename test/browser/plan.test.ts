import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import { Visitor } from '../support/browser.js';
import { DESKTOP, PHONE, launchBrowser } from '../support/chromium.js';
import {
  disturbSandbox,
  givenAssociation,
  givenForm,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { GivenPlans, inDays } from '../support/plans.js';
import { describeWith } from '../support/tools/describe-with.js';
import { GiftForm, giftsOf } from './giving.js';

const WAYS: [string, BrowserContextOptions][] = [
  ['on a phone', { viewport: PHONE, hasTouch: true }],
  ['on a phone without script', { viewport: PHONE, hasTouch: true, javaScriptEnabled: false }],
  ['at a desk', { viewport: DESKTOP }],
  ['at a desk, in the dark', { viewport: DESKTOP, colorScheme: 'dark' }],
];

jest.setTimeout(90_000);

describeWith('chromium', 'a monthly gift in a browser', () => {
  let app: TestApp;
  let books: Books;
  let browser: Browser;
  let association: GivenAssociation;
  let form: GivenForm;
  let plans: GivenPlans;
  let visitor: Visitor;

  beforeAll(async () => {
    app = await startTestApp();
    books = new Books(app);
    browser = await launchBrowser();
    association = await givenAssociation(app);
    form = await givenForm(app, association);
    plans = new GivenPlans(app, books, form);
  });
  afterAll(async () => {
    await browser.close();
    await books.close();
    await app.close();
  });
  afterEach(async () => {
    await visitor.leave();
    await disturbSandbox(app, {});
    await plans.quiet();
  });

  describe.each(WAYS)('%s', (way, options) => {
    const hasScript = options.javaScriptEnabled !== false;

    it('is chosen on the gift page, paid once, and led from there to its own page', async () => {
      visitor = await Visitor.arrive(browser, app, options);
      const { page } = visitor;
      await visitor.open(form.path);
      const gift = new GiftForm(page);
      await page.getByRole('radio', { name: 'Chaque mois' }).check();
      expect(await page.locator('.often-hint').isVisible()).toBe(true);
      await gift.choose(20);
      if (hasScript) expect(await gift.button.textContent()).toMatch(/^Donner 20\s€ par mois$/);
      await gift.fillIn();
      await shot(`gift ${way}`);
      await gift.send();
      await visitor.decide('Payé');
      await page.getByRole('heading', { name: 'Merci, Camille.' }).waitFor();
      await page.getByRole('link', { name: 'Voir, changer ou arrêter mon don' }).click();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Votre don mensuel');
      expect(await page.locator('.lede').textContent()).toMatch(/^Vous donnez 20\s€ chaque mois/);
      expect((await giftsOf(app, association))[0]).toMatchObject({ status: 'paid', frequency: 'monthly' });
    });

    it('is changed, paused, taken up again and stopped by plain forms', async () => {
      const plan = await plans.active();
      visitor = await Visitor.arrive(browser, app, options);
      const { page } = visitor;
      await visitor.open(`/mon-don/${plan.token}`);
      await faultless(`active ${way}`);

      await page.getByLabel('Nouveau montant, en euros').fill('mille');
      await page.getByRole('button', { name: 'Changer le montant' }).click();
      const amount = page.getByLabel('Nouveau montant, en euros');
      expect([await amount.inputValue(), await amount.getAttribute('aria-invalid')]).toEqual([
        'mille',
        'true',
      ]);
      await faultless(`refused ${way}`);
      await amount.fill('15');
      await page.getByRole('button', { name: 'Changer le montant' }).click();
      await page.getByText('C’est noté : le nouveau montant').waitFor();
      expect(await page.locator('.lede').textContent()).toMatch(/15\s€/);

      await page.getByRole('radio', { name: 'Deux mois' }).check();
      await page.getByRole('button', { name: 'Faire une pause' }).click();
      await page.getByRole('heading', { name: 'Votre don mensuel est en pause' }).waitFor();
      await faultless(`paused ${way}`);
      await page.getByRole('button', { name: 'Reprendre mon don' }).click();
      await page.getByText('C’est noté : votre don reprend').waitFor();

      await page.getByRole('link', { name: 'Arrêter mon don' }).click();
      await page.getByRole('heading', { name: 'Arrêter votre don mensuel' }).waitFor();
      await faultless(`stop ${way}`);
      await page.getByLabel('Pourquoi ?').selectOption('budget');
      await page.getByRole('button', { name: 'Arrêter mon don' }).click();
      await page.getByRole('heading', { name: 'Votre don mensuel est arrêté' }).waitFor();
      await faultless(`ended ${way}`);
      expect(await plans.plan(plan.id)).toMatchObject({ state: 'ended', amountCents: 1_500 });
    });
  });

  it('a refused debit is seen on the page, mended at the checkout, and seen as mended', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await disturbSandbox(app, { recurring: { outcome: 'failed', failureReason: 'insufficient_funds' } });
    await plans.lookAtCalendar();
    await disturbSandbox(app, {});
    visitor = await Visitor.arrive(browser, app, { viewport: PHONE, hasTouch: true });
    const { page } = visitor;
    await visitor.open(`/mon-don/${plan.token}`);
    expect(await page.locator('.facts').last().textContent()).toContain('nouvel essai le');
    await faultless('failed');
    await page.getByRole('button', { name: /^Payer 50\s€ maintenant$/ }).click();
    await visitor.decide('Payé');
    await page.getByRole('link', { name: 'Voir, changer ou arrêter mon don' }).click();
    expect(await page.locator('.facts').last().textContent()).not.toContain('refusé');
  });

  /** For the eye, where a folder is named: PICTURES=/tmp/pictures. */
  async function shot(name: string): Promise<void> {
    const folder = process.env.PICTURES;
    if (!folder) return;
    await visitor.page.screenshot({ path: `${folder}/${name.replaceAll(/\W+/g, '-')}.png`, fullPage: true });
  }

  /** Nothing for axe to find, nothing cut off; both are looked for by scripts. */
  async function faultless(name: string): Promise<void> {
    const { page } = visitor;
    await shot(name);
    if (name.includes('without script')) return;
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    expect(wide).toBe(false);
  }
});
