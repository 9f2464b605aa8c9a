import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { SendRefund } from '../../../src/payments/refunds/send-refund.js';
import { SweepPaymentsHandler } from '../../../src/payments/sweep-payments.handler.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  disturbSandbox,
  eventually,
  givenAssociation,
  givenForm,
  type GivenAssociation,
} from '../../support/factories.js';
import { GivenMoney, type PaidGift } from '../../support/money.js';

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let money: GivenMoney;

beforeAll(async () => {
  app = await startTestApp({ mollieTimeoutMs: 1_500 });
  books = new Books(app);
  association = await givenAssociation(app);
  money = new GivenMoney(app, books, association, await givenForm(app, association));
});
afterEach(async () => {
  await disturbSandbox(app, {});
  await money.quiet();
});
afterAll(async () => {
  await books.close();
  await app.close();
});

const GIFT = 'gift_settled provider_balance 5000 | gifts -5000';
const BACK_2000 = 'refund provider_balance -2000 | gifts 2000';
const refundable = async (paid: PaidGift) => {
  const answer = await money.askRefund(paid, 1_000_000);
  return (answer.json as { params: { remainingCents: number } }).params.remainingCents;
};
const events = (refundId: string) =>
  books
    .rows<{ line: string }>(
      `SELECT COALESCE(from_state, '') || '→' || to_state AS line FROM payment_refund_events WHERE refund_id = $1 ORDER BY id`,
      [refundId],
    )
    .then((rows) => rows.map(({ line }) => line));

/** The provider does what it is asked for, and says nothing. */
const silentAfterWork = (times: number) =>
  disturbSandbox(app, { only: 'POST', onlyPath: '/v2/payments', hangAfterWork: times });
const onlyOutage = (times: number) =>
  disturbSandbox(app, { only: 'POST', onlyPath: '/v2/payments', hang: times });

describe('a refund', () => {
  it('goes from the wish to the money: reserved, sent, settled, booked', async () => {
    const paid = await money.paidGift();
    const asked = await money.refund(paid, 2_000);
    expect(asked).toMatchObject({ status: 'requested', origin: 'obole', amount: { cents: 2_000 } });
    const [kept] = await money.untilRefunds(paid, 'sent');
    expect(await money.entries(paid)).toEqual([GIFT]);
    await money.sandbox.moveRefund(paid.providerId, kept.providerId!, 'refunded');
    await money.untilRefunds(paid, 'settled');
    expect(await money.entries(paid)).toEqual([GIFT, BACK_2000]);
    expect(await events(kept.id)).toEqual(['→requested', 'requested→sent', 'sent→settled']);
    expect(await money.read(`/v1/donations/${paid.gift.id}`)).toMatchObject({
      status: 'paid',
      amountRefunded: { cents: 2_000 },
    });
  });

  it('is looked at daily until it has left, however old its payment is', async () => {
    const paid = await money.paidGift();
    const nextLook = () =>
      books.rows<{ hours: number }>(
        `SELECT round(extract(epoch FROM next_sync_at - now()) / 3600)::int AS hours FROM payments WHERE provider_id = $1`,
        [paid.providerId],
      );
    await books.rows(`UPDATE payments SET next_sync_at = now() + interval '30 days' WHERE provider_id = $1`, [
      paid.providerId,
    ]);
    await money.refund(paid, 1_000);
    await money.untilRefunds(paid, 'sent');
    expect(await nextLook()).toEqual([{ hours: 24 }]);
  });

  it('without an amount gives back all that is left', async () => {
    const paid = await money.paidGift();
    await money.refund(paid, 2_000);
    expect((await money.refund(paid)).amount).toEqual({ cents: 3_000, currency: 'EUR' });
    expect((await money.askRefund(paid)).json).toMatchObject({
      code: 'refund_exceeds_remaining',
      params: { remainingCents: 0 },
    });
  });

  it('that fails gives the money back, in the book and in what can be refunded', async () => {
    const paid = await money.paidGift();
    await money.refund(paid, 2_000);
    const [kept] = await money.untilRefunds(paid, 'sent');
    await money.sandbox.moveRefund(paid.providerId, kept.providerId!, 'refunded');
    await money.untilRefunds(paid, 'settled');
    expect(await refundable(paid)).toBe(3_000);
    await money.sandbox.moveRefund(paid.providerId, kept.providerId!, 'failed');
    await money.untilRefunds(paid, 'failed');
    expect(await refundable(paid)).toBe(5_000);
    expect(await money.entries(paid)).toEqual([
      GIFT,
      BACK_2000,
      'refund_failed provider_balance 2000 | gifts -2000',
    ]);
  });

  it('whose news come twice, and late, moves once', async () => {
    const paid = await money.paidGift();
    await money.refund(paid, 2_000);
    const [kept] = await money.untilRefunds(paid, 'sent');
    await money.sandbox.moveRefund(paid.providerId, kept.providerId!, 'refunded');
    await money.untilRefunds(paid, 'settled');
    await Promise.all([money.webhook(paid), money.webhook(paid), money.webhook(paid)]);
    expect(await money.entries(paid)).toEqual([GIFT, BACK_2000]);
    expect(await events(kept.id)).toHaveLength(3);
  });

  it('made in the provider’s dashboard is external, and takes its part of what can be refunded', async () => {
    const paid = await money.paidGift();
    await money.sandbox.refund(paid.providerId, { cents: 2_000, status: 'processing' });
    const [external] = await money.untilRefunds(paid, 'settled');
    expect(external).toMatchObject({ origin: 'external', cents: 2_000 });
    expect(await money.entries(paid)).toEqual([GIFT, BACK_2000]);
    expect(await refundable(paid)).toBe(3_000);
  });

  it('of money that never came is refused', async () => {
    expect(await money.askRefund({ paymentId: 'pay_00000000000000000000000000' })).toMatchObject({
      status: 404,
      json: { code: 'payment_not_found' },
    });
  });
});

describe('a refund asked twice moves money once', () => {
  it('with the same key: one refund, the same answer, also when the first answer was lost', async () => {
    const paid = await money.paidGift();
    const key = { 'idempotency-key': newId() };
    const [first, second] = [
      await money.askRefund(paid, 2_000, key),
      await money.askRefund(paid, 2_000, key),
    ];
    expect(second.json).toEqual(first.json);
    // As if the process had died before the answer was kept: only the refund's own row remembers the key.
    await books.rows('DELETE FROM idempotency_records');
    expect((await money.askRefund(paid, 2_000, key)).json).toMatchObject({
      id: (first.json as { id: string }).id,
    });
    await books.rows('DELETE FROM idempotency_records');
    expect(await money.askRefund(paid, 1_000, key)).toMatchObject({
      status: 409,
      json: { code: 'idempotency_key_reused' },
    });
    await money.untilRefunds(paid, 'sent');
    expect(await money.refundsAtProvider(paid)).toHaveLength(1);
  });

  it('in many parallel requests for more than there is: exactly one wins', async () => {
    const paid = await money.paidGift();
    const answers = await Promise.all(Array.from({ length: 6 }, () => money.askRefund(paid, 3_000)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    await money.untilRefunds(paid, 'sent');
    expect(await money.refundsAtProvider(paid)).toHaveLength(1);
  });

  it('when the provider falls silent after its work: the same key asks again, one refund', async () => {
    const paid = await money.paidGift();
    await silentAfterWork(1);
    await money.refund(paid, 2_000);
    await money.untilRefunds(paid, 'sent');
    expect(await money.refundsAtProvider(paid)).toHaveLength(1);
  });

  it('when the news are faster than the answer: the sync adopts it by its metadata', async () => {
    const paid = await money.paidGift();
    await silentAfterWork(1);
    await money.refund(paid, 2_000);
    await eventually(async () => (await money.refundsAtProvider(paid)).length === 1);
    await money.sandbox.moveRefund(paid.providerId, (await money.refundsAtProvider(paid))[0]!.id, 'refunded');
    await money.untilRefunds(paid, 'settled');
    await money.quiet();
    expect(await money.refunds(paid)).toMatchObject([{ origin: 'obole', state: 'settled' }]);
    expect(await money.entries(paid)).toEqual([GIFT, BACK_2000]);
  });

  it('by two workers at once: the provider makes one', async () => {
    const paid = await money.paidGift();
    await onlyOutage(1);
    await money.refund(paid, 2_000);
    const { id } = (await money.refunds(paid))[0]!;
    const send = () => app.get(SendRefund).run(association.associationId, id);
    await Promise.allSettled([send(), send(), send()]);
    await money.untilRefunds(paid, 'sent');
    expect(await money.refundsAtProvider(paid)).toHaveLength(1);
  });

  it('after more than an hour, when the provider has forgotten the key: we look first', async () => {
    const paid = await money.paidGift();
    await silentAfterWork(20);
    await money.refund(paid, 2_000);
    await eventually(async () => (await money.refundsAtProvider(paid)).length === 1);
    // The key is forgotten there, and the row is old here.
    await books.rows(`UPDATE payment_refunds SET sending_at = now() - interval '51 minutes' WHERE id = $1`, [
      (await money.refunds(paid))[0]!.id,
    ]);
    await disturbSandbox(app, {});
    await money.untilRefunds(paid, 'sent');
    expect(await money.refundsAtProvider(paid)).toHaveLength(1);
  });

  it('looked for in vain after an hour, it is sent', async () => {
    const paid = await money.paidGift();
    await onlyOutage(20);
    await money.refund(paid, 2_000);
    const { id } = (await money.refunds(paid))[0]!;
    await eventually(() =>
      books.count('payment_refunds WHERE id = $1 AND sending_at IS NOT NULL', [id]).then(Boolean),
    );
    await books.rows(`UPDATE payment_refunds SET sending_at = now() - interval '3 hours' WHERE id = $1`, [
      id,
    ]);
    await disturbSandbox(app, {});
    await money.untilRefunds(paid, 'sent');
    expect(await money.refundsAtProvider(paid)).toHaveLength(1);
  });
});

describe('a refund that the provider refuses', () => {
  it('has failed, with its words for the treasurer, and reserves nothing', async () => {
    const paid = await money.paidGift();
    // Refunded in the dashboard meanwhile, and nobody told us yet.
    await disturbSandbox(app, { webhooks: { lose: 1 } });
    await money.sandbox.refund(paid.providerId, { cents: 4_000, status: 'processing' });
    await money.refund(paid, 2_000);
    const refunds = await eventually(async () => {
      const kept = await money.refunds(paid);
      return kept[0]?.state === 'failed' && kept;
    });
    expect(refunds[0]).toMatchObject({ failureReason: expect.stringMatching(/^unprocessable: .*maximum/) });
    await money.webhook(paid);
    await money.untilRefunds(paid, 'failed', 'settled');
    expect(await refundable(paid)).toBe(1_000);
  });

  it('for looking like a double click waits: the same amount twice within the hour', async () => {
    const paid = await money.paidGift();
    await money.refund(paid, 2_000);
    await money.untilRefunds(paid, 'sent');
    await money.refund(paid, 2_000);
    await eventually(async () => (await books.jobs('payments.send-refund'))[0]?.lastError?.includes('409'));
    expect((await money.refunds(paid)).map(({ state }) => state)).toEqual(['sent', 'requested']);
    expect(await refundable(paid)).toBe(1_000);
    await books.rows(`DELETE FROM outbox WHERE job = 'payments.send-refund'`);
  });
});

describe('a refund that nobody could send', () => {
  it('stays requested, is journalled, and the sweep takes it up', async () => {
    const paid = await money.paidGift();
    await onlyOutage(50);
    await money.refund(paid, 2_000);
    await eventually(async () => (await books.jobs('payments.send-refund'))[0]?.lastError);
    await books.rows(`UPDATE outbox SET attempts = 12, run_at = now() WHERE job = 'payments.send-refund'`);
    await eventually(async () => (await books.jobs('payments.send-refund'))[0]?.isDead);
    expect(await books.count(`journal_entries WHERE action = 'refund.not_sent'`)).toBe(1);
    expect(await money.refunds(paid)).toMatchObject([{ state: 'requested' }]);
    await books.rows(`DELETE FROM outbox WHERE died_at IS NOT NULL`);
    await disturbSandbox(app, {});
    const sweep = () => app.get(SweepPaymentsHandler).run();
    await sweep();
    expect(await books.jobs('payments.send-refund')).toEqual([]);
    await books.rows(`UPDATE payment_refunds SET send_again_at = now() WHERE id = $1`, [
      (await money.refunds(paid))[0]!.id,
    ]);
    await Promise.all([sweep(), sweep()]);
    await money.untilRefunds(paid, 'sent');
    expect(await money.refundsAtProvider(paid)).toHaveLength(1);
  });
});

describe('a refund is cancelled', () => {
  it('before the provider was asked: at once, and it never hears of it', async () => {
    const paid = await money.paidGift();
    await books.rows(
      `INSERT INTO payment_refunds (association_id, id, payment_id, origin, state, amount_cents, currency, requested_by, created_at)
       SELECT association_id, $2, id, 'obole', 'requested', 1000, 'EUR', 'test', now() FROM payments WHERE provider_id = $1`,
      [paid.providerId, newId()],
    );
    const [{ id }] = await money
      .read<{ data: [{ id: string }] }>(`/v1/refunds?payment=${paid.paymentId}`)
      .then((page) => page.data);
    expect(await money.cancel(id)).toMatchObject({ status: 200, json: { status: 'cancelled' } });
    expect(await money.cancel(id)).toMatchObject({ status: 200, json: { status: 'cancelled' } });
    await app.get(SendRefund).run(association.associationId, (await money.refunds(paid))[0]!.id);
    expect(await money.refundsAtProvider(paid)).toEqual([]);
    expect(await refundable(paid)).toBe(5_000);
  });

  it('not while nobody knows whether the provider has it', async () => {
    const paid = await money.paidGift();
    await silentAfterWork(1);
    const { id } = await money.refund(paid, 2_000);
    await eventually(async () => (await money.refundsAtProvider(paid)).length === 1);
    expect(await money.cancel(id)).toMatchObject({ status: 409, json: { code: 'refund_being_sent' } });
    await money.untilRefunds(paid, 'sent');
    expect(await money.cancel(id)).toMatchObject({ status: 200, json: { status: 'cancelled' } });
    expect(await money.refundsAtProvider(paid)).toMatchObject([{ status: 'canceled' }]);
    expect(await money.entries(paid)).toEqual([GIFT]);
  });

  it('not when the money has left: here, or at the provider', async () => {
    const paid = await money.paidGift();
    const { id } = await money.refund(paid, 2_000);
    const [kept] = await money.untilRefunds(paid, 'sent');
    await disturbSandbox(app, { webhooks: { lose: 1 } });
    await money.sandbox.moveRefund(paid.providerId, kept.providerId!, 'processing');
    expect(await money.cancel(id)).toMatchObject({ status: 409, json: { code: 'refund_not_cancelable' } });
    await money.webhook(paid);
    expect(await money.cancel(id)).toMatchObject({
      status: 409,
      json: { code: 'refund_transition_refused' },
    });
  });
});
