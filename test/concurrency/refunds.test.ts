import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { innerId } from '../../src/kernel/ids.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import {
  disturbSandbox,
  eventually,
  givenAssociation,
  givenForm,
  payAtSandbox,
} from '../support/factories.js';
import { Gate } from '../support/gate.js';
import { GivenMoney, type PaidGift } from '../support/money.js';
import { OboleProcess } from '../support/obole-process.js';

/** Takes wishes and webhooks, and carries out nothing. */
let web: TestApp;
let books: Books;
let money: GivenMoney;
let worker: OboleProcess;

beforeAll(async () => {
  web = await startTestApp({ role: 'web' });
  books = new Books(web);
  const association = await givenAssociation(web);
  money = new GivenMoney(web, books, association, await givenForm(web, association));
  worker = await OboleProcess.start(web);
});
afterEach(() => disturbSandbox(web, {}));
afterAll(async () => {
  await worker.stop();
  await books.close();
  await web.close();
});

async function restart(): Promise<void> {
  await worker.kill();
  worker = await OboleProcess.start(web);
}

async function wentBackOnce(paid: PaidGift): Promise<void> {
  const [refund] = await money.untilRefunds(paid, 'sent');
  await money.quiet();
  expect(await money.refundsAtProvider(paid)).toMatchObject([{ id: refund.providerId }]);
  await money.sandbox.moveRefund(paid.providerId, refund.providerId!, 'refunded');
  await money.untilRefunds(paid, 'settled');
  expect(await money.entries(paid)).toEqual([
    'gift_settled provider_balance 5000 | gifts -5000',
    'refund provider_balance -2000 | gifts 2000',
  ]);
}

describe('a refund whose worker is killed', () => {
  it('between the provider’s work and its answer: asked again with the same key, money goes back once', async () => {
    const paid = await money.paidGift();
    await disturbSandbox(web, { only: 'POST', onlyPath: '/v2/payments', hangAfterWork: 1 });
    await money.refund(paid, 2_000);
    await eventually(async () => (await money.refundsAtProvider(paid)).length === 1, 'the provider has it');
    await restart();
    await wentBackOnce(paid);
  });

  it('between the answer and writing it down: money goes back once', async () => {
    const paid = await money.paidGift();
    await disturbSandbox(web, { only: 'POST', onlyPath: '/v2/payments', latencyMs: 1_500 });
    const { id } = await money.refund(paid, 2_000);
    await eventually(() =>
      books
        .count('payment_refunds WHERE id = $1 AND sending_at IS NOT NULL', [innerId('refund', id)])
        .then(Boolean),
    );
    const gate = await Gate.close(
      web.database.ownerUrl,
      'SELECT FROM payments WHERE id = $1 FOR NO KEY UPDATE',
      [innerId('payment', paid.paymentId)],
    );
    await gate.reached();
    expect(await money.refundsAtProvider(paid)).toHaveLength(1);
    await worker.kill();
    await gate.open();
    worker = await OboleProcess.start(web);
    await wentBackOnce(paid);
  });
});

describe('refunds of one payment at the same moment', () => {
  it('asked for in two processes, for more than there is: exactly one wins', async () => {
    const other = await startTestApp({ beside: web, role: 'web' });
    try {
      const paid = await money.paidGift();
      const there = money.from(other);
      const answers = await Promise.all(
        [money, there, money, there].map((where) => where.askRefund(paid, 2_000 + 1_000)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
      await money.untilRefunds(paid, 'sent');
      expect(await money.refundsAtProvider(paid)).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  it('a wish, a chargeback and a refund from the dashboard: the book never holds less than the provider', async () => {
    const paid = await money.paidGift();
    await Promise.all([
      money.askRefund(paid, 1_000),
      money.sandbox.refund(paid.providerId, { cents: 1_100, status: 'processing' }),
      money.sandbox.chargeBack(paid.providerId, { cents: 1_200 }),
    ]);
    await money.untilDisputes(paid, 'opened');
    await eventually(async () => {
      const states = (await money.refunds(paid)).map(({ state, cents }) => `${cents} ${state}`).sort();
      return `${states}` === '1000 sent,1100 settled';
    }, 'all three are known');
    expect((await money.entries(paid)).sort()).toEqual([
      'dispute provider_balance -1200 | gifts 1200',
      'gift_settled provider_balance 5000 | gifts -5000',
      'refund provider_balance -1100 | gifts 1100',
    ]);
  });
});

it('a payment and its refund, both heard of at once for the first time, are booked in their order', async () => {
  const gift = await money.gift();
  const [payment] = await books.payments(gift.id);
  await disturbSandbox(web, { webhooks: { lose: 2 } });
  await payAtSandbox(gift.checkoutUrl);
  await money.sandbox.refund(payment!.providerId!, { cents: 2_000, status: 'processing' });
  const { data } = await money.read<{ data: Array<{ id: string }> }>(`/v1/payments?donation=${gift.id}`);
  const paid = { gift, paymentId: data[0]!.id, providerId: payment!.providerId!, token: payment!.token };
  await money.webhook(paid);
  expect(await money.entries(paid)).toEqual([
    'gift_settled provider_balance 5000 | gifts -5000',
    'refund provider_balance -2000 | gifts 2000',
  ]);
});
