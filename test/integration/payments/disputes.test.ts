import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { innerId } from '../../../src/kernel/ids.js';
import { Money } from '../../../src/kernel/money.js';
import { StartPayment } from '../../../src/payments/index.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { SweepPaymentsHandler } from '../../../src/payments/sweep-payments.handler.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { ConnectJourney } from '../../support/connect.js';
import { givenAssociation, givenForm, type GivenAssociation } from '../../support/factories.js';
import { GivenMoney, type PaidGift } from '../../support/money.js';

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let money: GivenMoney;

beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
  association = await givenAssociation(app);
  money = new GivenMoney(app, books, association, await givenForm(app, association));
});
afterAll(async () => {
  await books.close();
  await app.close();
});

const GIFT = 'gift_settled provider_balance 5000 | gifts -5000';
const GONE = 'dispute provider_balance -5000 | gifts 5000';
const BACK = 'dispute_won provider_balance 5000 | gifts -5000';
const told = (paid: PaidGift) =>
  money.read<{ amountChargedBack: { cents: number } }>(`/v1/donations/${paid.gift.id}`);

async function disputed(): Promise<PaidGift & { chargeback: string }> {
  const paid = await money.paidGift();
  const reason = { code: 'MD06', description: 'Refund request by end customer' };
  const chargeback = await money.sandbox.chargeBack(paid.providerId, { reason });
  await money.untilDisputes(paid, 'opened');
  return { ...paid, chargeback };
}

async function sweepAfter(paid: PaidGift, days: number): Promise<void> {
  await books.rows(
    `UPDATE payment_disputes SET created_at = now() - $2 * interval '1 day'
      WHERE payment_id = (SELECT id FROM payments WHERE provider_id = $1)`,
    [paid.providerId, days],
  );
  await app.get(SweepPaymentsHandler).run();
}

describe('a chargeback', () => {
  it('is a dispute with the bank’s reason; the money is gone from the book at once', async () => {
    const paid = await disputed();
    expect(await money.disputes(paid)).toMatchObject([
      { cents: 5_000, reason: 'MD06: Refund request by end customer' },
    ]);
    expect(await money.entries(paid)).toEqual([GIFT, GONE]);
    expect(await told(paid)).toMatchObject({ status: 'paid', amountChargedBack: { cents: 5_000 } });
    expect((await money.askRefund(paid)).json).toMatchObject({ params: { remainingCents: 0 } });
  });

  it('told many times is one', async () => {
    const paid = await disputed();
    await Promise.all([money.webhook(paid), money.webhook(paid)]);
    expect(await money.disputes(paid)).toHaveLength(1);
    expect(await money.entries(paid)).toEqual([GIFT, GONE]);
  });

  it('that the bank reverses is won: the money is back', async () => {
    const paid = await disputed();
    await money.sandbox.reverse(paid.providerId, paid.chargeback);
    await money.webhook(paid);
    await money.untilDisputes(paid, 'won');
    expect(await money.entries(paid)).toEqual([GIFT, GONE, BACK]);
    expect(await told(paid)).toMatchObject({ amountChargedBack: { cents: 0 } });
  });

  it('that nobody reverses is lost after 120 days; the book changes no more', async () => {
    const paid = await disputed();
    await sweepAfter(paid, 119);
    expect(await money.disputes(paid)).toMatchObject([{ state: 'opened' }]);
    await sweepAfter(paid, 121);
    expect(await money.disputes(paid)).toMatchObject([{ state: 'lost' }]);
    expect(await money.entries(paid)).toEqual([GIFT, GONE]);
    await money.sandbox.reverse(paid.providerId, paid.chargeback);
    await money.webhook(paid);
    expect(await money.disputes(paid)).toMatchObject([{ state: 'won' }]);
    expect(await money.entries(paid)).toEqual([GIFT, GONE, BACK]);
  });

  it('may follow a refund: the bank does not ask, and the book shows the loss', async () => {
    const paid = await money.paidGift();
    await money.sandbox.refund(paid.providerId, { cents: 2_000, status: 'refunded' });
    await money.untilRefunds(paid, 'settled');
    await money.sandbox.chargeBack(paid.providerId, {});
    await money.untilDisputes(paid, 'opened');
    expect(await money.entries(paid)).toEqual([GIFT, 'refund provider_balance -2000 | gifts 2000', GONE]);
  });
});

describe('past money is never edited', () => {
  let paid: PaidGift & { chargeback: string };
  beforeAll(async () => {
    paid = await disputed();
    await money.sandbox.reverse(paid.providerId, paid.chargeback);
    await money.sandbox.refund(paid.providerId, { cents: 1_000, status: 'refunded' });
    await money.untilRefunds(paid, 'settled');
  });

  it.each([
    ['refund', 'its amount', 'amount_cents = 1'],
    ['refund', 'its payment', 'payment_id = gen_random_uuid()'],
    ['refund', 'who made it', `origin = 'correction'`],
    ['refund', 'the provider’s id', `provider_refund_id = 're_other'`],
    ['dispute', 'its amount', 'amount_cents = 1'],
    ['dispute', 'its payment', 'payment_id = gen_random_uuid()'],
    ['dispute', 'the provider’s id', `provider_chargeback_id = 'chb_other'`],
    ['dispute', 'that it was won', `state = 'lost'`],
    ['dispute', 'when it was won', `reversed_at = NULL`],
  ])('of a %s: %s', async (what, _name, edit) => {
    const update = books.rows(`UPDATE payment_${what}s SET ${edit} WHERE payment_id = $1`, [
      innerId('payment', paid.paymentId),
    ]);
    await expect(update).rejects.toMatchObject({ constraint: `payment_${what}s_past_money` });
  });
});

describe('a gift of 50 € with a contribution of 5 € to the platform', () => {
  let tipped: GivenMoney;
  let other: GivenAssociation;
  beforeAll(async () => {
    other = await givenAssociation(app);
    await new ConnectJourney(app, other).connect('Les Tilleuls');
    tipped = new GivenMoney(app, books, other, await givenForm(app, other));
  });

  const PAID = [
    'gift_settled provider_balance 5500 | gifts -5000 | platform_tips -500',
    'tip provider_balance -500 | platform_tips 500',
  ];

  async function paidWithTip(): Promise<PaidGift> {
    const gift = await tipped.gift();
    const start = app.get(StartPayment);
    const attempt = await app.get(UnitOfWork).inTenant(other.associationId, () =>
      start.create({
        reference: innerId('donation', gift.id),
        amount: Money.of(5_500),
        applicationFee: Money.of(500),
        income: 'gifts',
        sequence: 'oneoff',
        mandateId: null,
        description: gift.id,
        locale: 'fr',
        returnUrl: gift.statusUrl,
      }),
    );
    const checkoutUrl = await start.open(other.associationId, attempt);
    return tipped.pay({ ...gift, checkoutUrl: checkoutUrl! }, attempt.id);
  }

  it('is refunded without the contribution: the provider does not give it back', async () => {
    const paid = await paidWithTip();
    expect(await tipped.entries(paid)).toEqual(PAID);
    expect((await tipped.askRefund(paid, 5_001)).json).toMatchObject({
      code: 'refund_exceeds_remaining',
      params: { remainingCents: 5_000, applicationFeeCents: 500 },
      detail: expect.stringContaining('5.00'),
    });
    expect(await tipped.refund(paid)).toMatchObject({ amount: { cents: 5_000 } });
    const [refund] = await tipped.untilRefunds(paid, 'sent');
    await tipped.sandbox.moveRefund(paid.providerId, refund!.providerId!, 'refunded');
    await tipped.untilRefunds(paid, 'settled');
    expect(await tipped.entries(paid)).toEqual([...PAID, GONE.replace('dispute', 'refund')]);
  });

  it('is charged back with it: what is beyond the gift is owed by the platform', async () => {
    const paid = await paidWithTip();
    const refund = await tipped.sandbox.refund(paid.providerId, { cents: 1_000, status: 'refunded' });
    await tipped.untilRefunds(paid, 'settled');
    await tipped.sandbox.moveRefund(paid.providerId, refund, 'failed');
    await tipped.untilRefunds(paid, 'failed');
    const chargeback = await tipped.sandbox.chargeBack(paid.providerId, {});
    await tipped.untilDisputes(paid, 'opened');
    expect((await tipped.entries(paid)).slice(4)).toEqual([
      'dispute provider_balance -5500 | gifts 5000 | platform_tips 500',
    ]);
    await tipped.sandbox.reverse(paid.providerId, chargeback);
    await tipped.webhook(paid);
    expect((await tipped.entries(paid)).slice(5)).toEqual([
      'dispute_won provider_balance 5500 | gifts -5000 | platform_tips -500',
    ]);
  });
});
