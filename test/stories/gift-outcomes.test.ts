import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { innerId } from '../../src/kernel/ids.js';
import { Money } from '../../src/kernel/money.js';
import { StartPayment } from '../../src/payments/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books, type KeptMail } from '../support/books.js';
import {
  disturbSandbox,
  eventually,
  giftDonor,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  readStatus,
  untilPaid,
  untilReceipt,
  type GivenAssociation,
  type GivenForm,
  type MadeGift,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { plainSpaces } from '../support/pdf-text.js';
import { SandboxControl } from '../support/sandbox-control.js';

let app: TestApp;
let books: Books;
let sandbox: SandboxControl;
let association: GivenAssociation;
let form: GivenForm;

beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
  sandbox = new SandboxControl(app);
  association = await givenAssociation(app);
  form = await givenForm(app, association);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

const pageOf = ({ statusUrl }: MadeGift): string => `/don/${statusUrl.split('/').at(-1)}`;

const show = async (gift: MadeGift): Promise<string> =>
  plainSpaces((await call(app, pageOf(gift), { headers: { 'accept-language': 'fr' } })).text);

function tryAgain(gift: MadeGift) {
  return call(app, `${pageOf(gift)}/reessayer`, { method: 'POST', form: {} });
}

function untilStatus(gift: MadeGift, wanted: string): Promise<unknown> {
  return eventually(
    async () => (await readStatus(gift.statusUrl)).status === wanted,
    `the gift is ${wanted}`,
  );
}

function untilMailed(gift: MadeGift): Promise<KeptMail> {
  return eventually(
    async () => (await books.mails(gift.id)).find(({ state }) => state === 'sent'),
    'the thanks are sent',
  );
}

const providerId = async (gift: MadeGift, attempt = 0): Promise<string> =>
  (await books.payments(gift.id))[attempt]!.providerId!;

/** As two browser tabs, or two processes, may leave it: another attempt beside one that is still open. */
async function secondAttempt(gift: MadeGift): Promise<string> {
  const { associationId } = association;
  const start = app.get(StartPayment);
  const paymentId = await app.get(UnitOfWork).inTenant(associationId, () =>
    start.create({
      reference: innerId('donation', gift.id),
      amount: Money.of(5_000),
      applicationFee: Money.zero(),
      income: 'gifts',
      sequence: 'oneoff',
      mandateId: null,
      description: gift.id,
      locale: 'fr',
      returnUrl: `${app.url}${pageOf(gift)}`,
    }),
  );
  return (await start.open(associationId, paymentId))!;
}

describe('a payment that comes to nothing', () => {
  it.each([
    ['failed', 'Votre banque a refusé le paiement'],
    ['canceled', 'Vous avez annulé le paiement'],
    ['expired', 'Le temps pour payer est passé'],
  ] as const)(
    '%s: the donor reads why, and that nothing was debited; no receipt, no mail',
    async (outcome, title) => {
      const gift = await givenGift(app, form);
      await payAtSandbox(gift.checkoutUrl, outcome);
      await untilStatus(gift, outcome);
      const page = await show(gift);
      expect(page).toContain(title);
      expect(page).toContain('Rien n’a été débité.');
      expect(await books.lifeOf(gift.id)).toEqual([
        'attempt 1 created → open',
        `attempt 1 open → ${outcome}`,
        `gift pending → ${outcome}`,
      ]);
    },
  );

  it('trying again is a second attempt of the same gift, not a second gift', async () => {
    const gift = await givenGift(app, form);
    await payAtSandbox(gift.checkoutUrl, 'failed');
    await untilStatus(gift, 'failed');
    const again = await tryAgain(gift);
    expect(again.status).toBe(303);
    const checkout = again.headers.get('location')!;
    expect(checkout).not.toBe(gift.checkoutUrl);
    await payAtSandbox(checkout);
    await untilMailed(gift);
    expect(await books.lifeOf(gift.id)).toEqual([
      'attempt 1 created → open',
      'attempt 1 open → failed',
      'gift pending → failed',
      'gift failed → pending',
      'attempt 2 created → open',
      'attempt 2 open → paid',
      'gift pending → paid',
      expect.stringMatching(/^receipt \d+ of 5000 cents, drawn$/),
      'mail sent with 1 attachment',
    ]);
  });

  it('while the checkout is open, trying again leads back to it: nobody pays twice', async () => {
    const gift = await givenGift(app, form);
    expect((await tryAgain(gift)).headers.get('location')).toBe(gift.checkoutUrl);
    await payAtSandbox(gift.checkoutUrl);
    await untilPaid(gift.statusUrl);
    expect((await tryAgain(gift)).headers.get('location')).toBe(pageOf(gift));
    expect(await books.payments(gift.id)).toHaveLength(1);
  });
});

describe('a payment that takes its time', () => {
  it('pending, then paid: the page says that it is on its way, and nothing is issued before the money is there', async () => {
    const gift = await givenGift(app, form);
    await payAtSandbox(gift.checkoutUrl, 'pending', 'banktransfer');
    expect(await show(gift)).toContain('Votre don de 50 € est en route');
    expect(await books.receipts(gift.id)).toEqual([]);
    await sandbox.move(await providerId(gift), 'paid');
    await untilMailed(gift);
    expect(await books.lifeOf(gift.id)).toEqual([
      'attempt 1 created → open',
      'attempt 1 open → pending',
      'attempt 1 pending → paid',
      'gift pending → paid',
      expect.stringMatching(/^receipt \d+ of 5000 cents, drawn$/),
      'mail sent with 1 attachment',
    ]);
  });

  it('an old attempt that expires late does not end a gift that is being paid', async () => {
    const gift = await givenGift(app, form);
    const checkout = await secondAttempt(gift);
    await sandbox.move(await providerId(gift, 0), 'expired');
    await eventually(async () => (await books.payments(gift.id))[0]!.state === 'expired');
    expect(await readStatus(gift.statusUrl)).toMatchObject({ status: 'pending' });
    await payAtSandbox(checkout);
    await untilPaid(gift.statusUrl);
  });
});

describe('a gift in two tabs', () => {
  const quiet = () => eventually(async () => (await books.jobs()).length === 0, 'no job is left');

  it('paid in one: the checkout page of the other is closed, and nobody pays twice', async () => {
    const gift = await givenGift(app, form);
    const checkout = await secondAttempt(gift);
    await payAtSandbox(checkout);
    await untilMailed(gift);
    await quiet();
    expect((await books.payments(gift.id)).map(({ state }) => state)).toEqual(['canceled', 'paid']);
    expect((await sandbox.payments()).find(({ status }) => status === 'canceled')!.id).toBe(
      await providerId(gift, 0),
    );
    expect(await readStatus(gift.statusUrl)).toMatchObject({ status: 'paid' });
  });

  it('paid in both: the second payment is recorded and journalled; receipt and mail stay one', async () => {
    const gift = await givenGift(app, form);
    const checkout = await secondAttempt(gift);
    await disturbSandbox(app, { webhooks: { lose: 1 } });
    await payAtSandbox(gift.checkoutUrl);
    await payAtSandbox(checkout);
    await untilMailed(gift);
    await quiet();
    expect((await books.lifeOf(gift.id)).sort()).toEqual([
      'attempt 1 created → open',
      'attempt 1 open → paid',
      'attempt 2 created → open',
      'attempt 2 open → paid',
      'gift pending → paid',
      'journal donation.paid_twice',
      'mail sent with 1 attachment',
      expect.stringMatching(/^receipt \d+ of 5000 cents, drawn$/),
    ]);
  });
});

type Cents = { cents: number };

describe('money that goes back at the provider', () => {
  const amounts = async (gift: MadeGift) => {
    const key = association.keys.reader;
    const { json } = await call(app, `/v1/donations/${gift.id}`, { key });
    const told = json as { status: string; amountRefunded: Cents; amountChargedBack: Cents };
    return [told.status, told.amountRefunded.cents, told.amountChargedBack.cents];
  };
  const untilPaidBut = (gift: MadeGift, refunded: number, chargedBack: number) =>
    eventually(
      async () => `${await amounts(gift)}` === `paid,${refunded},${chargedBack}`,
      `${refunded} are refunded and ${chargedBack} charged back`,
    );

  it('a refund is read, followed through its states, and taken back when it fails; the gift stays paid', async () => {
    const gift = await givenGift(app, form);
    await payAtSandbox(gift.checkoutUrl);
    await untilMailed(gift);
    const payment = await providerId(gift);
    const first = await sandbox.refund(payment, { cents: 2_000, status: 'processing' });
    await untilPaidBut(gift, 2_000, 0);
    const second = await sandbox.refund(payment, { cents: 1_000, status: 'processing' });
    await untilPaidBut(gift, 3_000, 0);
    await sandbox.moveRefund(payment, first, 'refunded');
    await sandbox.moveRefund(payment, second, 'failed');
    await untilPaidBut(gift, 2_000, 0);
    const kept = () =>
      books.rows<{ status: string }>(
        `SELECT provider_refund_id AS id, provider_status AS status, r.amount_cents::int AS cents FROM payment_refunds r
          JOIN payments p ON p.id = payment_id WHERE p.provider_id = $1 ORDER BY r.created_at`,
        [payment],
      );
    await eventually(async () => (await kept()).every(({ status }) => status !== 'processing'));
    expect(await kept()).toEqual([
      { id: first, status: 'refunded', cents: 2_000 },
      { id: second, status: 'failed', cents: 1_000 },
    ]);
    expect(await books.mails(gift.id)).toHaveLength(1);
  });

  it('a chargeback is read with its reason, and its reversal when the payment is looked at again', async () => {
    const gift = await givenGift(app, form);
    await payAtSandbox(gift.checkoutUrl);
    await untilMailed(gift);
    const payment = await providerId(gift);
    const reason = { code: 'MD06', description: 'Refund request by end customer' };
    const chargeback = await sandbox.chargeBack(payment, { cents: 5_000, reason });
    await untilPaidBut(gift, 0, 5_000);
    const kept = () =>
      books.rows(
        `SELECT provider_chargeback_id AS id, c.amount_cents::int AS cents, reason, reversed_at IS NOT NULL AS reversed
           FROM payment_disputes c JOIN payments p ON p.id = payment_id WHERE p.provider_id = $1`,
        [payment],
      );
    const asTold = { id: chargeback, cents: 5_000, reason: 'MD06: Refund request by end customer' };
    expect(await kept()).toEqual([{ ...asTold, reversed: false }]);
    await sandbox.reverse(payment, chargeback);
    const { token } = (await books.payments(gift.id))[0]!;
    await call(app, `/webhooks/mollie/${token}`, { method: 'POST', form: { id: payment } });
    await eventually(async () => JSON.stringify(await kept()).includes('"reversed":true'));
    expect(await kept()).toEqual([{ ...asTold, reversed: true }]);
  });
});

describe('thanks without a receipt', () => {
  async function thankedFor(overrides: Record<string, unknown>, where: GivenForm = form) {
    const gift = await givenGift(app, where, overrides);
    await payAtSandbox(gift.checkoutUrl);
    const mail = await untilMailed(gift);
    expect(await books.receipts(gift.id)).toEqual([]);
    expect(mail.attachments).toEqual([]);
    expect(await readStatus(gift.statusUrl)).toMatchObject({ status: 'paid', receipt: null });
    return { mail: plainSpaces(mail.text), page: await show(gift) };
  }

  it('a donor who wants none is thanked, and told how to change their mind', async () => {
    const donor = giftDonor({ address: undefined });
    const { mail, page } = await thankedFor({ wantsReceipt: false, donor });
    expect(mail).toContain('Vous n’en avez pas demandé. Si vous changez d’avis, répondez à ce courriel.');
    expect(page).toContain('Vous n’en avez pas demandé.');
  });

  it('an association that may not issue receipts says so, and takes no number', async () => {
    const other = await givenAssociation(app, { fiscalRegime: { regime: 'none', from: null } });
    const { mail, page } = await thankedFor({}, await givenForm(app, other));
    expect(mail).toContain('L’association ne délivre pas de reçu fiscal');
    expect(page).toContain('Cette association ne délivre pas de reçu fiscal.');
    expect(await books.count('receipt_counters WHERE association_id = $1', [other.associationId])).toBe(0);
  });
});

describe('a gift in English', () => {
  it('gets an English page and an English mail; the receipt stays the French form', async () => {
    const gift = await givenGift(app, form, { locale: 'en' });
    await payAtSandbox(gift.checkoutUrl);
    await untilReceipt(gift.statusUrl);
    const page = await call(app, pageOf(gift));
    expect(page.text).toContain('<html lang="en"');
    expect(page.text).toContain('Thank you');
    const mail = await untilMailed(gift);
    expect(plainSpaces(mail.subject)).toBe('Your gift of €50 – Les Lilas du canal: thank you');
    expect(plainSpaces(mail.text)).toContain('It is attached to this email under number');
    expect(mail.attachments).toHaveLength(1);
  });
});
