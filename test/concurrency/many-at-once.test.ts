import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { innerId } from '../../src/kernel/ids.js';
import { legalYear, systemClock } from '../../src/kernel/clock.js';
import { MakeDonation, RetryDonation } from '../../src/donations/index.js';
import type { MakeDonationInput } from '../../src/donations/make-donation.js';
import { SyncPayment } from '../../src/payments/index.js';
import { MovePayment } from '../../src/payments/move-payment.js';
import { PaymentsRepository } from '../../src/payments/payments.repository.js';
import { ProviderFacts } from '../../src/payments/provider-facts.js';
import { RemotePayments } from '../../src/payments/remote-payments.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { IssueReceiptHandler } from '../../src/receipts/issue-receipt.handler.js';
import { RenderReceiptHandler } from '../../src/receipts/render-receipt.handler.js';
import { ThankDonorHandler } from '../../src/receipts/thank-donor.handler.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import {
  disturbSandbox,
  eventually,
  giftBody,
  giftDonor,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  postGift,
  untilReceipt,
  type GivenAssociation,
  type GivenForm,
  type MadeGift,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { SandboxControl } from '../support/sandbox-control.js';

/** Nobody works here but who is asked to: jobs lie until this test calls their handlers. */
let web: TestApp;
/** The same installation, with its jobs running. */
let all: TestApp;
let books: Books;
let association: GivenAssociation;
let form: GivenForm;

const times = <T>(count: number, work: (nth: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, nth) => work(nth)));

beforeAll(async () => {
  web = await startTestApp({ role: 'web' });
  books = new Books(web);
  association = await givenAssociation(web);
  form = await givenForm(web, association);
});
afterAll(async () => {
  await books.close();
  await web.close();
});

const idOf = (gift: MadeGift): string => innerId('donation', gift.id);
const payment = async (gift: MadeGift) => (await books.payments(gift.id))[0]!;

async function sync(gift: MadeGift): Promise<unknown> {
  return web
    .get(SyncPayment)
    .run({ associationId: association.associationId, paymentId: (await payment(gift)).id });
}

/** Paid at the provider and here; what follows waits in the outbox. */
async function paidGift(overrides: Record<string, unknown> = {}): Promise<MadeGift> {
  const gift = await givenGift(web, form, overrides);
  await payAtSandbox(gift.checkoutUrl);
  await sync(gift);
  return gift;
}

async function settle(gift: MadeGift): Promise<void> {
  await untilReceipt(gift.statusUrl);
  await eventually(async () => (await books.jobs()).length === 0, 'no job is left');
}

describe('many at once, called by hand', () => {
  it('two looks at the same payment at once: one move, one event, one receipt staged', async () => {
    const gift = await givenGift(web, form);
    await payAtSandbox(gift.checkoutUrl);
    expect(await times(8, () => sync(gift))).toEqual(Array(8).fill('paid'));
    expect(await books.lifeOf(gift.id)).toEqual([
      'attempt 1 created → open',
      'attempt 1 open → paid',
      'gift pending → paid',
    ]);
    expect(await staged('receipts.issue', gift)).toBe(1);
  });

  it('a slow look does not write its old news over those of a quicker one', async () => {
    const gift = await paidGift();
    const provider = new SandboxControl(web);
    const { id: paymentId, providerId } = await payment(gift);
    await provider.refund(providerId!, { cents: 1_000, status: 'processing' });
    const slow = slowLook();
    const late = slow.sync.run({ associationId: association.associationId, paymentId });
    await slow.hasRead;
    await provider.refund(providerId!, { cents: 500, status: 'processing' });
    await sync(gift);
    expect((await payment(gift)).refundedCents).toBe(1_500);
    slow.goOn();
    expect(await late).toBe('paid');
    expect((await payment(gift)).refundedCents).toBe(1_500);
  });

  it('the same receipt issued, drawn and thanked for by many at once is one receipt, one PDF, one mail', async () => {
    const gift = await paidGift();
    const target = { associationId: association.associationId, donationId: idOf(gift) };
    // The second of two that are equally fast is refused by the database, and finds the receipt when tried again.
    await tolerating('receipt_exists', 8, () => web.get(IssueReceiptHandler).run(target));
    const [receipt, ...others] = await books.receipts(gift.id);
    expect(others).toEqual([]);
    const drawn = { associationId: association.associationId, receiptId: receipt!.id };
    await times(8, () => web.get(RenderReceiptHandler).run(drawn));
    await times(8, () => web.get(ThankDonorHandler).run(target));
    expect(await books.mails(gift.id)).toHaveLength(1);
    expect(await books.count(`stored_files WHERE media_type = 'application/pdf'`)).toBe(1);
    expect(await staged('receipts.render', gift)).toBe(1);
    expect(await staged('receipts.thank-donor', gift)).toBe(1);
  });

  it('"try again" pressed many times at once makes one new attempt', async () => {
    const gift = await givenGift(web, form);
    await payAtSandbox(gift.checkoutUrl, 'failed');
    await sync(gift);
    const token = gift.statusUrl.split('/').at(-1)!;
    const checkouts = await times(8, () => web.get(RetryDonation).run(association.associationId, token));
    expect(new Set(checkouts).size).toBe(1);
    expect((await books.payments(gift.id)).map(({ state }) => state)).toEqual(['failed', 'open']);
  });

  it('the same request many times at once is one gift and one payment at the provider', async () => {
    const before = (await new SandboxControl(web).payments()).length;
    const make = () =>
      web
        .get(MakeDonation)
        .run(
          association.associationId,
          form.slug,
          { ...giftBody(), locale: 'fr' } as never as MakeDonationInput,
          'twice',
        );
    const made = await times(8, make);
    expect(new Set(made.map(({ donation }) => donation.id)).size).toBe(1);
    expect(new Set(made.map(({ checkoutUrl }) => checkoutUrl)).size).toBe(1);
    expect((await new SandboxControl(web).payments()).length).toBe(before + 1);
  });
});

describe('50 first gifts at once by one new donor', () => {
  it('are one donor and 50 gifts', async () => {
    const donor = giftDonor({ firstName: 'Ada', email: 'ada.nouvelle@example.org' });
    const answers = await times(50, () => postGift(web, form, giftBody({ donor })));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
    expect(await books.count(`donors WHERE email = 'ada.nouvelle@example.org'`)).toBe(1);
    const theirs = `donations d JOIN donors p ON p.id = d.donor_id WHERE p.email = 'ada.nouvelle@example.org'`;
    expect(await books.count(theirs)).toBe(50);
  });
});

describe('many at once, with the jobs running', () => {
  beforeAll(async () => {
    all = await startTestApp({ beside: web });
    await eventually(async () => (await books.jobs()).length === 0, 'what lay in the outbox is done');
  });
  afterAll(() => all.close());

  it('the same webhook 50 times at once: one paid event, one receipt, one mail', async () => {
    const gift = await lostWebhook();
    const { token, providerId } = await payment(gift);
    const answers = await times(50, () => webhook(token, providerId!));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    await settle(gift);
    expect(
      await books.count('provider_events e JOIN payments p ON p.id = e.payment_id WHERE p.token = $1', [
        token,
      ]),
    ).toBe(50);
    await isOne(gift);
  });

  it('webhook and return page at the same moment: one paid event, one receipt, one mail', async () => {
    const gift = await lostWebhook();
    const { token, providerId } = await payment(gift);
    const page = `/don/${gift.statusUrl.split('/').at(-1)}`;
    const answers = await times(20, (nth) => (nth % 2 ? webhook(token, providerId!) : call(web, page)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    await settle(gift);
    await isOne(gift);
  });

  it('gifts paid all at once: each has its receipt and its mail, numbers follow one another', async () => {
    const before = (await books.receipts()).filter(({ number }) => number).length;
    const gifts = await times(20, () => givenGift(web, form));
    await times(20, (nth) => payAtSandbox(gifts[nth]!.checkoutUrl));
    await Promise.all(gifts.map(settle));
    for (const gift of gifts) await isOne(gift);
    const sequences = await books.rows<{ sequence: number }>(
      'SELECT sequence FROM receipts WHERE association_id = $1 ORDER BY sequence',
      [association.associationId],
    );
    expect(sequences.map(({ sequence }) => sequence)).toEqual(sequences.map((_, nth) => nth + 1));
    expect((await books.receipts()).length).toBe(before + 20);
  });

  const webhook = (token: string, id: string) =>
    call(web, `/webhooks/mollie/${token}`, { method: 'POST', form: { id } });

  async function lostWebhook(): Promise<MadeGift> {
    const gift = await givenGift(web, form);
    await disturbSandbox(web, { webhooks: { lose: 1 } });
    await payAtSandbox(gift.checkoutUrl);
    return gift;
  }

  async function isOne(gift: MadeGift): Promise<void> {
    expect(await books.lifeOf(gift.id)).toEqual([
      'attempt 1 created → open',
      'attempt 1 open → paid',
      'gift pending → paid',
      expect.stringMatching(/^receipt \d+ of 5000 cents, drawn$/),
      'mail sent with 1 attachment',
    ]);
  }
});

describe('200 receipts at once', () => {
  it('have the numbers 1 to 200, without gap or double; a receipt that fails gives its number back', async () => {
    const other = await givenAssociation(web);
    const { donations, spoilt } = await paidGiftsOf(other, 200, 20);
    const issue = (donationId: string): Promise<void> =>
      web
        .get(IssueReceiptHandler)
        .run({ associationId: other.associationId, donationId })
        // Who waited too long for one of the few connections is tried again, as the queue does.
        .catch((error: { code?: string }) => {
          if (error.code !== 'database_unavailable') throw error;
          return issue(donationId);
        });
    const outcomes = await Promise.allSettled(donations.map(issue));
    const failed = donations.filter((_, nth) => outcomes[nth]!.status === 'rejected');
    expect(new Set(failed)).toEqual(new Set(spoilt));
    const sequences = await sequencesOf(other);
    expect(sequences).toEqual(Array.from({ length: 200 }, (_, nth) => nth + 1));
    await heal(other);
    await Promise.all(spoilt.map(issue));
    expect(await sequencesOf(other)).toEqual(Array.from({ length: 220 }, (_, nth) => nth + 1));
    const [counter] = await books.rows<{ last: number }>(
      `SELECT last_sequence AS last FROM receipt_counters WHERE association_id = $1 AND year = $2`,
      [other.associationId, legalYear(new Date())],
    );
    expect(counter).toEqual({ last: 220 });
  });

  const sequencesOf = async ({ associationId }: GivenAssociation): Promise<number[]> =>
    (
      await books.rows<{ sequence: number }>(
        `SELECT sequence FROM receipts WHERE association_id = $1 ORDER BY sequence`,
        [associationId],
      )
    ).map(({ sequence }) => sequence);

  /** Writes paid gifts beside one made for real; the spoilt ones are of a donor without a name, whom no receipt can name. */
  async function paidGiftsOf(other: GivenAssociation, good: number, bad: number) {
    const model = await givenGift(web, await givenForm(web, other));
    await books.rows(
      `INSERT INTO donors SELECT association_id, gen_random_uuid(), kind, first_name, '', email, 'spoilt', created_at
         FROM donors WHERE association_id = $1`,
      [other.associationId],
    );
    const rows = await books.rows<{ id: string; bad: boolean }>(
      `INSERT INTO donations (association_id, id, form_id, donor_id, donor_address_id, state, frequency, amount_cents,
                              currency, wants_receipt, locale, token, request_key, paid_at)
       SELECT d.association_id, gen_random_uuid(), d.form_id,
              CASE WHEN n % 11 = 0 THEN (SELECT id FROM donors WHERE association_id = $2 AND identity_key = 'spoilt') ELSE d.donor_id END,
              d.donor_address_id, 'paid', 'once', 5000, 'EUR', true, 'fr', 'token ' || n, 'request ' || n, now()
         FROM donations d, generate_series(1, $3::int) n WHERE d.id = $1
       RETURNING id, donor_id <> (SELECT donor_id FROM donations WHERE id = $1) AS bad`,
      [idOf(model), other.associationId, good + bad],
    );
    await books.rows(
      `INSERT INTO payments (association_id, id, reference, state, amount_cents, currency, description, locale, token, provider, mode, paid_at)
       SELECT association_id, gen_random_uuid(), id, 'paid', amount_cents, currency, 'written beside', 'fr', token, 'mollie', 'test', paid_at
         FROM donations WHERE id = ANY($1)`,
      [rows.map(({ id }) => id)],
    );
    const spoilt = rows.filter((row) => row.bad).map(({ id }) => id);
    expect(spoilt).toHaveLength(bad);
    return { donations: rows.map(({ id }) => id), spoilt };
  }

  const heal = ({ associationId }: GivenAssociation) =>
    books.rows(`UPDATE donors SET last_name = 'Retrouvée' WHERE association_id = $1`, [associationId]);
});

const staged = (job: string, gift: MadeGift): Promise<number> =>
  books.count(
    `outbox WHERE job = $1 AND (payload ->> 'donationId' = $2
      OR payload ->> 'receiptId' IN (SELECT id::text FROM receipts WHERE donation_id = $2::uuid))`,
    [job, idOf(gift)],
  );

/** The real look, over a line on which the provider's first answer takes its time. */
function slowLook() {
  const remote = web.get(RemotePayments);
  let told: () => void;
  let goOn: () => void;
  const hasRead = new Promise<void>((resolve) => (told = resolve));
  const line = new Promise<void>((resolve) => (goOn = resolve));
  const slowRemote = {
    read: async (...asked: Parameters<RemotePayments['read']>) => {
      const answer = await remote.read(...asked);
      told();
      await line;
      return answer;
    },
  } as RemotePayments;
  const [uow, payments, move] = [web.get(UnitOfWork), web.get(PaymentsRepository), web.get(MovePayment)];
  const look = new SyncPayment(uow, payments, move, web.get(ProviderFacts), slowRemote, systemClock);
  return { sync: look, hasRead, goOn: () => goOn() };
}

async function tolerating(code: string, count: number, work: () => Promise<unknown>): Promise<void> {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, work));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.map(({ reason }) => (reason as { code?: string }).code)).toEqual(
    Array(refused.length).fill(code),
  );
}
