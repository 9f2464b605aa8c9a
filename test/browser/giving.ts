import type { Page } from 'playwright-core';
import { Visitor } from '../support/browser.js';
import { eventually, type GivenAssociation } from '../support/factories.js';
import { call } from '../support/http-client.js';
import type { TestApp } from '../support/app.js';

/** What a donor does on the gift page, in French. */
export class GiftForm {
  constructor(readonly page: Page) {}

  get button() {
    return this.page.locator('form.gift button[type=submit]');
  }

  get otherAmount() {
    return this.page.getByLabel('Autre montant, en euros');
  }

  async choose(euros: number): Promise<void> {
    await this.page.getByRole('radio', { name: new RegExp(`^${euros}\\s€`) }).check();
  }

  async fillIn(email = 'camille@example.org'): Promise<void> {
    await this.page.getByLabel('Prénom').fill('Camille');
    await this.page.getByLabel('Nom', { exact: true }).fill('Martin');
    await this.page.getByLabel('Adresse électronique').fill(email);
  }

  async wantReceipt(): Promise<void> {
    await this.page.getByLabel('Je souhaite un reçu fiscal').check();
    await this.page.getByLabel('Numéro et rue').fill('8 rue des Écluses');
    await this.page.getByLabel('Code postal').fill('75010');
    await this.page.getByLabel('Commune').fill('Paris');
  }

  async send(): Promise<void> {
    await this.button.click();
  }
}

/** In the demo mailbox. */
export async function openMailTo(visitor: Visitor, email: string): Promise<void> {
  const card = visitor.page.locator('.card', { hasText: email });
  await eventually(async () => {
    await visitor.open('/boite-aux-lettres');
    return (await card.count()) === 1;
  }, 'the mail is in the mailbox');
  await card.getByRole('link').click();
}

export interface ListedGift {
  status: string;
  amount: { cents: number };
}

/** All gifts of an association, newest first, as its treasurer sees them. */
export async function giftsOf(app: TestApp, { keys }: GivenAssociation): Promise<ListedGift[]> {
  const answer = await call(app, '/v1/donations', { key: keys.reader });
  return (answer.json as { data: ListedGift[] }).data;
}
