import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, publicId } from '../../src/kernel/ids.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  payAtSandbox,
  readStatus,
  untilPaid,
  type GivenAssociation,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { GivenMoney, type RefundAnswer } from '../support/money.js';
import { expectProblem } from '../support/problems.js';

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

type List<T> = { data: T[]; hasMore: boolean; nextCursor: string | null };
type Shown = Record<string, unknown> & { id: string };

const post = (path: string, json: unknown, key = association.keys.treasurer) =>
  call(app, path, { method: 'POST', json, key });
const get = (path: string, key = association.keys.reader) => call(app, path, { key });

describe('asking for a refund', () => {
  it.each([
    ['no reason', { amount: { cents: 100, currency: 'EUR' } }, '/reason', 'required'],
    ['an empty reason', { reason: ' ' }, '/reason', 'required'],
    ['nothing at all', { reason: 'x', amount: { cents: 0, currency: 'EUR' } }, '/amount/cents', 'too_small'],
    [
      'less than nothing',
      { reason: 'x', amount: { cents: -1, currency: 'EUR' } },
      '/amount/cents',
      'too_small',
    ],
    ['dollars', { reason: 'x', amount: { cents: 100, currency: 'USD' } }, '/amount/currency', 'not_allowed'],
    ['a field of no meaning', { reason: 'x', force: true }, '/force', 'unknown_field'],
  ])('with %s is refused, field by field', async (_what, body, pointer, code) => {
    const paid = await money.paidGift();
    const answer = await post(`/v1/payments/${paid.paymentId}/refunds`, body);
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.json).toMatchObject({ errors: [{ pointer, code }] });
    expect(await money.refunds(paid)).toEqual([]);
  });

  it('for more than is left says what is left', async () => {
    const paid = await money.paidGift();
    const answer = await money.askRefund(paid, 5_001);
    expectProblem(answer, 409, 'refund_exceeds_remaining');
    expect(answer.json).toMatchObject({ params: { remainingCents: 5_000, currency: 'EUR' } });
  });

  it('of a payment that is not paid is refused', async () => {
    const gift = await money.gift();
    const { data } = await money.read<List<Shown>>(`/v1/payments?donation=${gift.id}`);
    expectProblem(await money.askRefund({ paymentId: data[0]!.id }), 409, 'payment_not_refundable');
  });

  it('answers the refund, which the reader finds again under its id, in the list and with its payment', async () => {
    const paid = await money.paidGift();
    const made = await money.askRefund(paid, 1_234);
    expect(made.status).toBe(201);
    const refund = made.json as RefundAnswer;
    expect(refund).toMatchObject({
      object: 'refund',
      id: expect.stringMatching(/^rfd_/),
      paymentId: paid.paymentId,
      amount: { cents: 1_234, currency: 'EUR' },
      reason: 'Donné deux fois',
      requestedBy: expect.stringMatching(/^key:/),
      providerId: null,
      settledAt: null,
    });
    await money.untilRefunds(paid, 'sent');
    const now = { ...refund, status: 'sent', providerId: expect.stringMatching(/^re_/) };
    expect((await get(`/v1/refunds/${refund.id}`)).json).toEqual(now);
    expect(await money.read(`/v1/refunds?payment=${paid.paymentId}`)).toMatchObject({
      data: [now],
      hasMore: false,
    });
    expect(await money.read(`/v1/payments/${paid.paymentId}`)).toMatchObject({
      status: 'paid',
      refunds: [now],
    });
  });

  it('is journalled with who asked, and nothing personal', async () => {
    const paid = await money.paidGift();
    const { id } = await money.refund(paid, 100);
    expect(
      await books.rows(`SELECT actor, action, details FROM journal_entries WHERE subject = $1`, [id]),
    ).toEqual([
      {
        actor: expect.stringMatching(/^key:/),
        action: 'refund.requested',
        details: { payment: paid.paymentId },
      },
    ]);
  });
});

describe('reading payments', () => {
  it('each attempt for a gift, newest first, with why it failed and how it was paid', async () => {
    const gift = await money.gift();
    await payAtSandbox(gift.checkoutUrl, 'failed');
    await eventually(async () => (await readStatus(gift.statusUrl)).status === 'failed');
    const retry = await call(app, `/don/${gift.statusUrl.split('/').at(-1)}/reessayer`, {
      method: 'POST',
      form: {},
    });
    await payAtSandbox(retry.headers.get('location')!);
    await untilPaid(gift.statusUrl);
    const { data } = await money.read<List<Shown>>(`/v1/payments?donation=${gift.id}`);
    expect(data).toMatchObject([
      {
        status: 'paid',
        method: 'creditcard',
        failureReason: null,
        paidAt: expect.any(String),
        donationId: gift.id,
      },
      { status: 'failed', failureReason: 'unknown_reason', paidAt: null, provider: 'mollie', mode: 'test' },
    ]);
    const failed = await money.read<List<Shown>>(`/v1/payments?donation=${gift.id}&status=failed`);
    expect(failed.data.map(({ id }) => id)).toEqual([data[1]!.id]);
  });

  it('by the page', async () => {
    const first = await money.read<List<Shown>>('/v1/payments?limit=1');
    expect(first).toMatchObject({ data: [{ object: 'payment' }], hasMore: true });
    const second = await money.read<List<Shown>>(`/v1/payments?limit=1&cursor=${first.nextCursor}`);
    expect(second.data[0]!.id < first.data[0]!.id).toBe(true);
  });

  it('with their disputes, which have a list of their own', async () => {
    const paid = await money.paidGift();
    const reason = { code: 'AC04', description: 'Account closed' };
    await money.sandbox.chargeBack(paid.providerId, { cents: 700, reason });
    await money.untilDisputes(paid, 'opened');
    const { data } = await money.read<List<Shown>>(`/v1/disputes?payment=${paid.paymentId}`);
    expect(data).toMatchObject([
      {
        object: 'dispute',
        id: expect.stringMatching(/^dsp_/),
        status: 'opened',
        amount: { cents: 700 },
        reason: 'AC04: Account closed',
      },
    ]);
    expect((await get(`/v1/disputes/${data[0]!.id}`)).json).toEqual(data[0]);
    expect(await money.read(`/v1/payments/${paid.paymentId}`)).toMatchObject({ disputes: data });
    expect(await money.read(`/v1/disputes?status=won`)).toMatchObject({ data: [] });
  });

  it('an id of another kind is the id of nothing', async () => {
    const paid = await money.paidGift();
    expectProblem(await get(`/v1/payments/${paid.gift.id}`), 404, 'payment_not_found');
    expectProblem(await get(`/v1/refunds/${publicId('refund', newId())}`), 404, 'refund_not_found');
    expectProblem(await get(`/v1/disputes/${publicId('dispute', newId())}`), 404, 'dispute_not_found');
    expectProblem(await get(`/v1/payments?donation=${paid.paymentId}`), 404, 'donation_not_found');
  });
});

it('a reader asks for no refund and cancels none', async () => {
  const paid = await money.paidGift();
  const { id } = await money.refund(paid, 100);
  const { reader } = association.keys;
  expectProblem(
    await post(`/v1/payments/${paid.paymentId}/refunds`, { reason: 'x' }, reader),
    403,
    'role_insufficient',
  );
  expectProblem(await post(`/v1/refunds/${id}/cancel`, undefined, reader), 403, 'role_insufficient');
});
