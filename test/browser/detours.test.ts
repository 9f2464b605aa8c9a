import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.js';
import { Visitor } from '../support/browser.js';
import { launchBrowser } from '../support/chromium.js';
import { givenAssociation, givenForm, type GivenAssociation, type GivenForm } from '../support/factories.js';
import { SandboxControl } from '../support/sandbox-control.js';
import { describeWith } from '../support/tools/describe-with.js';
import { GiftForm, giftsOf, openMailTo } from './giving.js';

jest.setTimeout(60_000);

describeWith('chromium', 'a gift by detours', () => {
  let app: TestApp;
  let browser: Browser;
  let association: GivenAssociation;
  let form: GivenForm;
  let visitor: Visitor;
  let gift: GiftForm;

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
    form = await givenForm(app, association);
  });
  afterEach(() => visitor.leave());

  async function arrive(options: BrowserContextOptions = {}, query = ''): Promise<void> {
    visitor = await Visitor.arrive(browser, app, options);
    await visitor.open(form.path + query);
    gift = new GiftForm(visitor.page);
  }

  const heading = () => visitor.page.getByRole('heading', { level: 1 }).textContent();
  const atCheckout = async (): Promise<string> => {
    await visitor.page.waitForURL(`${app.sandbox.checkoutUrl}/**`);
    return visitor.page.url();
  };

  async function toCheckout(): Promise<string> {
    await gift.choose(50);
    await gift.fillIn();
    await gift.send();
    return atCheckout();
  }

  describe.each([
    ['Échoué', 'Votre banque a refusé le paiement'],
    ['Annulé', 'Vous avez annulé le paiement'],
    ['Expiré', 'Le temps pour payer est passé'],
  ])('%s', (outcome, said) => {
    it.each([true, false])('says so, and one click tries again (script: %s)', async (javaScriptEnabled) => {
      await arrive({ javaScriptEnabled });
      const first = await toCheckout();
      await visitor.decide(outcome);
      expect(await heading()).toBe(said);
      expect(await visitor.page.locator('.lede').textContent()).toContain('Rien n’a été débité.');
      await visitor.page.getByRole('button', { name: /^Réessayer : donner 50\s€$/ }).click();
      expect(await atCheckout()).not.toBe(first);
      await visitor.decide('Payé');
      expect(await heading()).toBe('Merci, Camille.');
      expect(await giftsOf(app, association)).toMatchObject([{ status: 'paid' }]);
    });
  });

  it.each([true, false])('a page that waits hears of the payment by itself (script: %s)', async (script) => {
    await arrive({ javaScriptEnabled: script });
    const checkout = await toCheckout();
    await visitor.decide('En attente');
    expect(await heading()).toBe('Votre banque n’a pas encore confirmé');
    await new SandboxControl(app).move(checkout.split('/').at(-1)!, 'paid');
    await visitor.page.getByRole('heading', { name: 'Merci, Camille.' }).waitFor();
  });

  it('who leaves the checkout finds the way back to it on the page of the gift', async () => {
    await arrive();
    const checkout = await toCheckout();
    const payments = await new SandboxControl(app).payments();
    const { id } = payments.find(({ id: known }) => checkout.endsWith(known))!;
    const response = await fetch(`${app.sandbox.controlUrl}/payments/${id}`);
    const { redirectUrl } = (await response.json()) as { redirectUrl: string };
    await visitor.open(redirectUrl);
    expect(await heading()).toBe('Votre don attend son paiement');
    await visitor.page.getByRole('link', { name: 'Reprendre le paiement' }).click();
    expect(await atCheckout()).toBe(checkout);
    await visitor.decide('Payé');
    expect(await heading()).toBe('Merci, Camille.');
  });

  it.each([true, false])('back from the checkout the form is as it was left (script: %s)', async (script) => {
    await arrive({ javaScriptEnabled: script });
    const checkout = await toCheckout();
    await visitor.page.goBack();
    expect(await visitor.page.getByLabel('Prénom').inputValue()).toBe('Camille');
    expect(await gift.button.getAttribute('aria-disabled')).toBeNull();
    if (script) expect(await gift.button.textContent()).toMatch(/^Donner 50\s€$/);
    await gift.send();
    expect(await atCheckout()).toBe(checkout);
    expect(await giftsOf(app, association)).toHaveLength(1);
  });

  it('back from the checkout another amount is another gift, and the first is never charged', async () => {
    await arrive();
    const checkout = await toCheckout();
    await visitor.page.goBack();
    await gift.choose(20);
    await gift.send();
    expect(await atCheckout()).not.toBe(checkout);
    await visitor.decide('Payé');
    expect(await giftsOf(app, association)).toMatchObject([
      { status: 'paid', amount: { cents: 2_000 } },
      { status: 'pending', amount: { cents: 5_000 } },
    ]);
  });

  it('back from the checkout a receipt may still be asked for', async () => {
    await arrive();
    await toCheckout();
    await visitor.page.goBack();
    await gift.wantReceipt();
    await gift.send();
    await visitor.decide('Payé');
    await visitor.page.getByRole('link', { name: 'Télécharger le reçu (PDF)' }).waitFor();
  });

  it.each([true, false])('back from the checkout to a form that was mended (script: %s)', async (script) => {
    await arrive({ javaScriptEnabled: script });
    await gift.choose(50);
    await gift.send();
    await visitor.page.locator('#error-summary').waitFor();
    await gift.fillIn();
    await gift.send();
    const checkout = await atCheckout();
    await visitor.page.goBack();
    expect(await visitor.page.getByLabel('Prénom').inputValue()).toBe('Camille');
    await gift.send();
    expect(await atCheckout()).toBe(checkout);
  });

  it.each<[string, BrowserContextOptions, string]>([
    ['of the address', { locale: 'fr-FR' }, '?lang=en'],
    ['of the browser', { locale: 'en-GB' }, ''],
  ])('English %s stays English to the last mail', async (_whose, options, query) => {
    const email = `english${query.length}@example.org`;
    await arrive(options, query);
    const { page } = visitor;
    const lang = () => page.locator('html').getAttribute('lang');
    expect(await lang()).toBe('en');
    await gift.send();
    await page.locator('#error-summary').waitFor();
    expect(await page.locator('#error-summary').textContent()).toContain('Choose an amount.');
    await page.getByRole('radio', { name: '€20' }).check();
    await page.getByLabel('First name').fill('Ann');
    await page.getByLabel('Last name').fill('Lee');
    await page.getByLabel('Email address').fill(email);
    await gift.send();
    await atCheckout();
    expect(await lang()).toBe('en');
    await visitor.decide('Paid', 'Continue with this result');
    expect(await heading()).toBe('Thank you, Ann.');
    await page.getByRole('link', { name: 'Fleurir les berges' }).click();
    expect([await lang(), await page.locator('legend').first().textContent()]).toEqual(['en', 'You give']);
    await page.locator('.masthead-home').click();
    expect([await lang(), new URL(page.url()).search]).toEqual(['en', query]);
    await openMailTo(visitor, email);
    expect(await page.frameLocator('.mail-frame').locator('html').getAttribute('lang')).toBe('en');
    expect(await heading()).toMatch(/^Your gift of €20/);
  });
});
