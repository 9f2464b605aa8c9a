import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { disturbSandbox, givenAssociation, givenForm } from '../../support/factories.js';
import { GivenMoney } from '../../support/money.js';

let app: TestApp;
let books: Books;
let money: GivenMoney;

beforeAll(async () => {
  app = await startTestApp({ mollieTimeoutMs: 1_500 });
  books = new Books(app);
  const association = await givenAssociation(app);
  money = new GivenMoney(app, books, association, await givenForm(app, association));
});
afterEach(() => disturbSandbox(app, {}));
afterAll(async () => {
  await books.close();
  await app.close();
});

describe('a refund', () => {
  it('goes from the wish to the money: reserved, sent, settled, booked', async () => {
    const paid = await money.paidGift();
    const refund = await money.refund(paid, 2_000);
    expect(refund).toMatchObject({ status: 'requested', origin: 'obole', amount: { cents: 2_000 } });
    const [kept] = await money.untilRefunds(paid, 'sent');
    expect(await money.entries(paid)).toEqual(['gift_settled provider_balance 5000 | gifts -5000']);
    await money.sandbox.moveRefund(paid.providerId, kept!.providerId!, 'refunded');
    await money.untilRefunds(paid, 'settled');
    expect(await money.entries(paid)).toEqual([
      'gift_settled provider_balance 5000 | gifts -5000',
      'refund provider_balance -2000 | gifts 2000',
    ]);
  });
});
