import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RaiseAlert } from '../../../src/alerts/index.js';
import { innerId, newId, publicId } from '../../../src/kernel/ids.js';
import { Money } from '../../../src/kernel/money.js';
import { StartPayment } from '../../../src/payments/index.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { runChecks } from '../../../src/platform/integrity/run-checks.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  payAtSandbox,
  untilPaid,
  type GivenAssociation,
  type GivenForm,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { GivenMoney, type PaidGift } from '../../support/money.js';
import { documentedCall } from '../../support/openapi.js';
import { plainSpaces } from '../../support/pdf-text.js';
import { expectProblem } from '../../support/problems.js';

interface ToldAlert {
  id: string;
  kind: string;
  status: 'open' | 'resolved';
  subject: { type: string; id: string };
  details: Record<string, unknown>;
  resolvedBy: string | null;
  resolution: string | null;
  actions: Array<{ rel: string; method: string; href: string; body?: object }>;
}

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let form: GivenForm;
let money: GivenMoney;
beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
  association = await givenAssociation(app);
  form = await givenForm(app, association);
  money = new GivenMoney(app, books, association, form);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

async function alerts(query = ''): Promise<ToldAlert[]> {
  const { json } = await documentedCall(app, `/v1/alerts?limit=100${query}`, {
    key: association.keys.reader,
  });
  return (json as { data: ToldAlert[] }).data;
}
const aboutSubject = async (id: string) => (await alerts()).filter(({ subject }) => subject.id === id);
const act = ({ href, method, body }: ToldAlert['actions'][number]) =>
  call(app, href, { method, key: association.keys.treasurer, ...(body && { json: body }) });

/** A second payment page for the same gift, as a retry makes one in another tab; both are paid before anybody asks. */
async function paidTwice(): Promise<{ first: PaidGift; second: PaidGift }> {
  const gift = await money.gift();
  const { associationId } = association;
  const start = app.get(StartPayment);
  const attempt = await app.get(UnitOfWork).inTenant(associationId, () =>
    start.create({
      reference: innerId('donation', gift.id),
      amount: Money.of(5_000),
      applicationFee: Money.zero(),
      income: 'gifts',
      sequence: 'oneoff',
      mandateId: null,
      description: gift.id,
      locale: 'fr',
      returnUrl: app.url,
    }),
  );
  const checkout = (await start.open(associationId, attempt))!;
  await money.sandbox.behave({ webhooks: { lose: 2 } });
  await payAtSandbox(gift.checkoutUrl);
  await payAtSandbox(checkout);
  await money.sandbox.behave({});
  const paid = (await books.payments(gift.id)).map(({ id, providerId, token }) => ({
    gift,
    paymentId: publicId('payment', id),
    providerId: providerId!,
    token,
  }));
  for (const one of paid) await money.webhook(one);
  await untilPaid(gift.statusUrl);
  return { first: paid[0]!, second: paid[1]! };
}

describe('a gift paid twice', () => {
  it('raises one alert with a refund at hand, and mails the association once', async () => {
    const { first, second } = await paidTwice();
    await money.webhook(second);
    const raised = await aboutSubject(second.paymentId);
    expect(raised).toMatchObject([
      {
        kind: 'donation_paid_twice',
        status: 'open',
        details: { donation: first.gift.id, amount: { cents: 5_000 } },
        actions: [
          { rel: 'refund', method: 'POST', href: `/v1/payments/${second.paymentId}/refunds` },
          { rel: 'resolve' },
        ],
      },
    ]);
    expect(await aboutSubject(first.paymentId)).toEqual([]);
    const mails = await eventually(async () => {
      const sent = (await books.mails()).filter(({ fact }) => fact.startsWith('paid-twice:'));
      return sent[0]?.state === 'sent' && sent;
    });
    expect(mails).toMatchObject([{ recipient: 'bonjour@lilas.example' }]);
    const words = plainSpaces(mails[0]!.text);
    expect(words).toContain(`Rendez le paiement ${second.paymentId}`);
    expect(words).toContain('50 € sont de trop');
    expect(words).not.toMatch(/Camille|camille/);
  });

  it('is put right by one request, and then the alert closes by itself', async () => {
    const { second } = await paidTwice();
    const [alert] = await aboutSubject(second.paymentId);
    expect((await act(alert!.actions[0]!)).status).toBe(201);
    const resolved = await eventually(async () => {
      const [now] = await aboutSubject(second.paymentId);
      if (now!.status === 'resolved') return now;
      const [refund] = await money.refunds(second);
      if (refund?.providerId)
        await money.sandbox.moveRefund(second.providerId, refund.providerId, 'refunded');
      await money.webhook(second);
      return undefined;
    }, 'the alert is resolved');
    expect(resolved).toMatchObject({ resolvedBy: 'system', actions: [] });
    expect((await alerts('&status=open')).map(({ id }) => id)).not.toContain(alert!.id);
  });

  it('is settled by giving back the other payment as well', async () => {
    const { first, second } = await paidTwice();
    await money.sandbox.refund(first.providerId, { cents: 5_000, status: 'refunded' });
    await money.webhook(first);
    expect(await aboutSubject(second.paymentId)).toMatchObject([
      { status: 'resolved', resolvedBy: 'system' },
    ]);
  });
});

describe('money that comes and goes', () => {
  it('a chargeback raises an alert that a won dispute closes', async () => {
    const paid = await money.paidGift();
    const chargeback = await money.sandbox.chargeBack(paid.providerId);
    const [dispute] = await money.untilDisputes(paid, 'opened');
    const subject = publicId('dispute', dispute!.id);
    const [alert] = await aboutSubject(subject);
    expect(alert).toMatchObject({
      kind: 'dispute_opened',
      details: { payment: paid.paymentId, donation: paid.gift.id },
    });
    expect((await act(alert!.actions[0]!)).json).toMatchObject({ id: subject });
    await money.sandbox.reverse(paid.providerId, chargeback);
    await money.webhook(paid);
    expect(await aboutSubject(subject)).toMatchObject([{ status: 'resolved', resolvedBy: 'system' }]);
  });

  it('a refund that failed raises an alert with another try at hand', async () => {
    const paid = await money.paidGift();
    const id = await money.sandbox.refund(paid.providerId, { cents: 2_000, status: 'refunded' });
    const [refund] = await money.untilRefunds(paid, 'settled');
    await money.sandbox.moveRefund(paid.providerId, id, 'failed');
    await money.webhook(paid);
    const [alert] = await aboutSubject(publicId('refund', refund.id));
    expect(alert).toMatchObject({ kind: 'refund_failed', details: { payment: paid.paymentId } });
    expect((await act(alert!.actions[0]!)).status).toBe(201);
  });

  it('a webhook that claims another payment raises an alert, once', async () => {
    const paid = await money.paidGift();
    for (const _time of [1, 2]) await money.webhook({ ...paid, providerId: 'tr_claimed1' });
    expect(await aboutSubject(paid.paymentId)).toMatchObject([
      { kind: 'payment_mismatch', details: { claimed: 'tr_claimed1' } },
    ]);
  });
});

describe('an alert', () => {
  const raise = (payment = newId()) =>
    app
      .get(UnitOfWork)
      .inTenant(association.associationId, () =>
        app.get(RaiseAlert).run({ kind: 'charge_failed', subject: { type: 'payment', id: payment } }),
      );

  it('raised twice, or by two at once, is one', async () => {
    const payment = newId();
    const raised = await Promise.all([raise(payment), raise(payment), raise(payment)]);
    expect(raised.filter(Boolean)).toHaveLength(1);
    expect(await raise(payment)).toBe(false);
    expect(await aboutSubject(publicId('payment', payment))).toHaveLength(1);
  });

  it('is resolved by a treasurer in words; the first who says so stays', async () => {
    const payment = newId();
    await raise(payment);
    const [alert] = await aboutSubject(publicId('payment', payment));
    const resolve = (note: string, key = association.keys.treasurer) =>
      documentedCall(app, `/v1/alerts/${alert!.id}/resolve`, { method: 'POST', key, json: { note } });
    expectProblem(await resolve('x', association.keys.reader), 403, 'role_insufficient');
    expect((await resolve('Vu avec la banque')).json).toMatchObject({ status: 'resolved', actions: [] });
    expect((await resolve('Autre chose')).json).toMatchObject({
      resolution: 'Vu avec la banque',
      resolvedBy: expect.stringMatching(/^key:/),
    });
    expect(
      await books.count(`journal_entries WHERE action = 'alert.resolved' AND subject = $1`, [alert!.id]),
    ).toBe(1);
    expect((await alerts('&status=resolved')).map(({ id }) => id)).toContain(alert!.id);
    // A fact is a fact: noticed once more, it does not come back.
    expect(await raise(payment)).toBe(false);
  });

  it('is its own association’s alone', async () => {
    const payment = newId();
    await raise(payment);
    const [alert] = await aboutSubject(publicId('payment', payment));
    const other = await givenAssociation(app);
    const asked = await documentedCall(app, `/v1/alerts/${alert!.id}`, { key: other.keys.owner });
    expectProblem(asked, 404, 'alert_not_found');
  });

  it('holds nothing personal', async () => {
    const rows = await books.rows<{ details: object }>(`SELECT details FROM alerts`);
    expect(rows.length).toBeGreaterThan(5);
    expect(JSON.stringify(rows)).not.toMatch(/camille|martin|écluses/i);
  });
});

describe('after all this', () => {
  it('the checks of the books find nothing', async () => {
    await eventually(async () => (await books.jobs()).length === 0, 'no job is left');
    const results = await runChecks(app.get(UnitOfWork));
    expect(results.filter(({ count }) => count > 0)).toEqual([]);
  });
});
