import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DonationQueries } from '../../../src/donations/index.js';
import { innerId } from '../../../src/kernel/ids.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { givenAssociation, givenForm, givenGift } from '../../support/factories.js';
import { GivenMoney } from '../../support/money.js';

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

async function givenCollection() {
  const association = await givenAssociation(app);
  const form = await givenForm(app, association);
  const money = new GivenMoney(app, books, association, form);
  const collected = async () =>
    app
      .get(UnitOfWork)
      .inTenant(association.associationId, () =>
        app.get(DonationQueries).collectedBy(innerId('form', form.id)),
      );
  return { association, form, money, cents: async () => (await collected()).cents };
}

describe('what a form has collected', () => {
  it('is what was paid, less what went back and stayed away', async () => {
    const { form, money, cents } = await givenCollection();
    const first = await money.paidGift(5_000);
    const second = await money.paidGift(3_000);
    await givenGift(app, form);
    expect(await cents()).toBe(8_000);

    await money.refund(first, 1_000);
    expect(await cents()).toBe(8_000);
    await money.untilRefunds(first, 'sent');
    const [refund] = await money.refunds(first);
    await money.sandbox.moveRefund(first.providerId, refund!.providerId!, 'refunded');
    await money.untilRefunds(first, 'settled');
    expect(await cents()).toBe(7_000);

    await money.sandbox.chargeBack(second.providerId, {});
    await money.untilDisputes(second, 'opened');
    expect(await cents()).toBe(4_000);
  });

  it('counts no other form’s gifts', async () => {
    const { association, money, cents } = await givenCollection();
    const other = await givenForm(app, association);
    await new GivenMoney(app, books, association, other).paidGift(9_900);
    await money.paidGift(2_000);
    expect(await cents()).toBe(2_000);
  });
});
