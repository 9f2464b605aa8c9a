// The README's pictures, taken from a running demonstration (`npm start`):
//   node --import ./test/support/typescript.mjs test/browser/take-pictures.ts [http://localhost:3000]
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/chromium.js';
import { programPath } from '../support/tools/tools.js';

const FOLDER = join(import.meta.dirname, '../../.github/pictures');
const [origin = 'http://localhost:3000'] = process.argv.slice(2);
const GIFT_PAGE = new URL('/les-jardins-partages/soutien', origin).href;

mkdirSync(FOLDER, { recursive: true });
const browser = await launchBrowser();
try {
  const desk = await open({ width: 960, height: 720 }, 1);
  await desk.getByRole('radio', { name: /^50\s€/ }).check();
  await take(desk, 'gift-page');

  const phone = await open({ width: 360, height: 640 }, 2);
  await phone.getByRole('radio', { name: /^20\s€/ }).check();
  await take(phone, 'gift-page-phone');
  await give(phone);
  await take(phone, 'thank-you-page-phone');
  await takeReceipt(phone);

  const monthly = await open({ width: 360, height: 640 }, 2);
  await monthly.getByRole('radio', { name: /^Chaque mois/ }).check();
  await monthly.getByRole('radio', { name: /^20\s€/ }).check();
  await give(monthly);
  await monthly.locator('a[href*="/mon-don/"]').click();
  await take(monthly, 'monthly-gift-page-phone');
} finally {
  await browser.close();
}

async function open(viewport: { width: number; height: number }, deviceScaleFactor: number): Promise<Page> {
  const context = await browser.newContext({ viewport, deviceScaleFactor, locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(GIFT_PAGE);
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

async function give(page: Page): Promise<void> {
  await page.getByLabel('Prénom').fill('Zoé');
  await page.getByLabel('Nom', { exact: true }).fill('Bézier');
  await page.getByLabel('Adresse électronique').fill('zoe@example.org');
  await page.getByLabel('Je souhaite un reçu fiscal').check();
  await page.getByLabel('Numéro et rue').fill('3 rue du Puits');
  await page.getByLabel('Code postal').fill('75011');
  await page.getByLabel('Commune').fill('Paris');
  await page.locator('form.gift button[type=submit]').click();
  await page.getByRole('radio', { name: /^Payé/ }).check();
  await page.getByRole('button', { name: 'Continuer avec ce résultat' }).click();
  await page.getByRole('link', { name: 'Télécharger le reçu (PDF)' }).waitFor();
}

async function takeReceipt(page: Page): Promise<void> {
  const href = await page.getByRole('link', { name: 'Télécharger le reçu (PDF)' }).getAttribute('href');
  const pdf = await (await page.request.get(new URL(href!, origin).href)).body();
  const target = join(FOLDER, 'receipt');
  const drawn = spawnSync(programPath('PDFTOPPM_BIN'), ['-png', '-r', '80', '-singlefile', '-', target], {
    input: pdf,
  });
  if (drawn.status !== 0) throw new Error(`pdftoppm: ${drawn.stderr.toString()}`);
}
