import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock, legalDate } from '../../src/kernel/clock.js';
import { innerId } from '../../src/kernel/ids.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  givenGift,
  giftDonor,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { documentedCall } from '../support/openapi.js';
import { expectProblem } from '../support/problems.js';

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let form: GivenForm;
beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
  association = await givenAssociation(app);
  form = await givenForm(app, association, { goalCents: 100_000 });
});
afterAll(async () => {
  await books.close();
  await app.close();
});

interface Offline {
  id: string;
  status: string;
  amount: { cents: number };
  amountRefunded: { cents: number };
  deposit: { id: string; depositedOn: string; reference: string | null } | null;
  correction: { reason: string } | null;
  warnings: Array<{ code: string }>;
}

const euros = (cents: number) => ({ cents, currency: 'EUR' });
const TODAY = legalDate(systemClock.now());
const LAST_YEAR = Number(TODAY.slice(0, 4)) - 1;
const CHRISTMAS = `${LAST_YEAR}-12-24`;

const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
  documentedCall(app, path, { method: 'POST', key: association.keys.treasurer, json, headers });
const cheque = (overrides: Record<string, unknown> = {}) => ({
  amount: euros(15_000),
  means: 'cheque',
  receivedOn: CHRISTMAS,
  chequeNumber: '0004521',
  bankName: 'Crédit coopératif',
  donor: giftDonor(),
  wantsReceipt: true,
  ...overrides,
});
const enter = (overrides: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  post('/v1/offline-donations', cheque(overrides), headers);
async function entered(overrides: Record<string, unknown> = {}): Promise<Offline> {
  const answer = await enter(overrides);
  expect(answer.status).toBe(201);
  return answer.json as Offline;
}
const show = async (path: string) =>
  (await documentedCall(app, path, { key: association.keys.reader })).json as Record<string, unknown>;

describe('an offline gift', () => {
  it('is paid on the day it was received, whenever it is entered', async () => {
    const gift = await entered({ note: 'Remis à la fête de Noël', formId: form.id });
    expect(gift).toMatchObject({
      object: 'offline_donation',
      status: 'paid',
      means: 'cheque',
      receivedOn: CHRISTMAS,
      paidAt: `${LAST_YEAR}-12-24T11:00:00.000Z`,
      enteredBy: expect.stringMatching(/^key:/),
      note: 'Remis à la fête de Noël',
      chequeNumber: '0004521',
      tip: euros(0),
      deposit: null,
      correction: null,
      warnings: [],
    });
    expect(await show(`/v1/donations/${gift.id}`)).toMatchObject({ status: 'paid', formId: form.id });
  });

  it('has its receipt with the day of the gift and the box of its means', async () => {
    const gift = await entered({ means: 'cash', chequeNumber: undefined, bankName: undefined });
    await eventually(async () => (await books.receipts(gift.id))[0]?.pdf);
    const [row] = await books.rows<{ snapshot: { gift: object } }>(
      `SELECT snapshot FROM receipts WHERE donation_id = $1`,
      [innerId('donation', gift.id)],
    );
    expect(row!.snapshot.gift).toMatchObject({ means: 'cash', paidOn: CHRISTMAS, amount: euros(15_000) });
    await eventually(async () => (await books.mails(gift.id))[0]?.state === 'sent');
  });

  it('may come through no form, and from someone without a mail address: nothing is mailed, the receipt is there', async () => {
    const gift = await entered({ donor: giftDonor({ email: undefined, lastName: 'Sans-Courriel' }) });
    expect(gift).toMatchObject({ formId: null, donor: { email: null } });
    const receipt = await eventually(async () => (await books.receipts(gift.id))[0]);
    await eventually(async () => (await books.jobs()).length === 0, 'no job is left');
    expect(receipt.number).toMatch(/^\d{4}-\d{6}$/);
    expect(await books.mails(gift.id)).toEqual([]);
    const page = await documentedCall(app, `/v1/donations/${gift.id}`, { key: association.keys.reader });
    expect(page.json).toMatchObject({ formId: null });
    const token = await books.rows<{ token: string }>(
      `SELECT token FROM donations WHERE form_id IS NULL LIMIT 1`,
    );
    const own = await fetch(`${app.url}/don/${token[0]!.token}`);
    expect([own.status, await own.text()]).toEqual([200, expect.stringContaining('150')]);
  });

  it('of a donor without mail is the same person’s when the postal address is the same', async () => {
    const donor = (city: string) =>
      giftDonor({
        email: undefined,
        lastName: 'Fidèle',
        address: { line1: '2 rue du Lac', postalCode: '69003', city, country: 'FR' },
      });
    const ids = [];
    for (const city of ['Lyon', 'LYON', 'Villeurbanne'])
      ids.push(((await entered({ donor: donor(city) })) as unknown as { donor: { id: string } }).donor.id);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('above 1,000 € in cash is taken, with a word of warning', async () => {
    const cash = { means: 'cash', chequeNumber: undefined, bankName: undefined };
    expect((await entered({ ...cash, amount: euros(100_001) })).warnings).toEqual([
      { code: 'large_cash_gift' },
    ]);
    expect((await entered({ ...cash, amount: euros(100_000) })).warnings).toEqual([]);
    expect((await entered({ amount: euros(500_000) })).warnings).toEqual([]);
  });

  it('sent twice with one key is one gift', async () => {
    const headers = { 'idempotency-key': 'cheque-4521' };
    const [first, second] = [await enter({}, headers), await enter({}, headers)];
    expect((second.json as Offline).id).toBe((first.json as Offline).id);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expectProblem(await enter({ amount: euros(1) }, headers), 409, 'idempotency_key_reused');
  });

  it.each([
    ['tomorrow’s', { receivedOn: '2999-01-01' }, '/receivedOn', 'in_the_future'],
    ['too old', { receivedOn: `${LAST_YEAR - 3}-12-31` }, '/receivedOn', 'too_long_ago'],
    ['of no day', { receivedOn: '2026-02-30' }, '/receivedOn', 'malformed_date'],
    ['of nothing', { amount: euros(0) }, '/amount/cents', 'too_small'],
    ['by card', { means: 'creditcard' }, '/means', 'not_allowed'],
    ['in cash with a number', { means: 'cash' }, '/chequeNumber', 'not_a_cheque'],
    [
      'to be receipted without an address',
      { donor: giftDonor({ address: undefined }) },
      '/donor/address',
      'address_required_for_receipt',
    ],
    ['with a contribution to the platform', { tip: euros(100) }, '/tip', 'unknown_field'],
  ])('%s is refused', async (_what, overrides, pointer, code) => {
    const problem = expectProblem(await enter(overrides), 422, 'validation_failed');
    expect(problem.errors).toContainEqual({ pointer, code, detail: expect.any(String) });
  });

  it('for a form that is not ours is refused', async () => {
    const other = await givenForm(app, await givenAssociation(app));
    expectProblem(await enter({ formId: other.id }), 404, 'form_not_found');
  });

  it('is entered by a treasurer and read by a reader', async () => {
    const json = cheque();
    const asReader = { method: 'POST', key: association.keys.reader, json };
    expectProblem(await documentedCall(app, '/v1/offline-donations', asReader), 403, 'role_insufficient');
    const page = (await show('/v1/offline-donations?limit=2')) as unknown as {
      data: Offline[];
      hasMore: boolean;
    };
    expect([page.data.length, page.hasMore]).toEqual([2, true]);
  });

  it('is not refunded through the provider', async () => {
    const gift = await entered();
    const [payment] = ((await show(`/v1/payments?limit=1`)) as unknown as { data: Array<{ id: string }> })
      .data;
    const answer = await post(`/v1/payments/${payment!.id}/refunds`, { reason: 'Non' });
    expectProblem(answer, 409, 'offline_payment_not_refundable');
    expect(gift.status).toBe('paid');
  });
});

describe('a deposit slip', () => {
  it('takes several cheques to the bank at once, each one time', async () => {
    const [a, b] = [await entered(), await entered({ amount: euros(2_050) })];
    const slip = { donationIds: [a.id, b.id], depositedOn: TODAY, reference: 'BR 12' };
    const answer = await post('/v1/deposits', slip);
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ means: 'cheque', total: euros(17_050), depositedOn: TODAY });
    expect(await show(`/v1/offline-donations/${a.id}`)).toMatchObject({
      deposit: { id: (answer.json as { id: string }).id, reference: 'BR 12' },
    });
    expectProblem(await post('/v1/deposits', slip), 409, 'already_deposited');
    const again = await post(`/v1/offline-donations/${b.id}/deposit`, { depositedOn: TODAY });
    expectProblem(again, 409, 'already_deposited');
  });

  it('is proposed what is still in the drawer', async () => {
    const [kept, brought] = [await entered(), await entered()];
    expect((await post(`/v1/offline-donations/${brought.id}/deposit`, { depositedOn: TODAY })).status).toBe(
      201,
    );
    const page = await show('/v1/offline-donations?toDeposit=true&means=cheque&limit=100');
    const ids = (page.data as Offline[]).map(({ id }) => id);
    expect([ids.includes(kept.id), ids.includes(brought.id)]).toEqual([true, false]);
  });

  it('is for cheques or for cash, after they came and not tomorrow', async () => {
    const gift = await entered({ receivedOn: TODAY });
    const noCheque = { chequeNumber: undefined, bankName: undefined };
    const cash = await entered({ means: 'cash', ...noCheque });
    const transfer = await entered({ means: 'transfer', ...noCheque });
    const slip = (ids: string[], depositedOn = TODAY) =>
      post('/v1/deposits', { donationIds: ids, depositedOn });
    const codes = async (answer: ReturnType<typeof slip>) =>
      expectProblem(await answer, 422, 'validation_failed').errors!.map(({ code }) => code);
    expect(await codes(slip([gift.id, cash.id]))).toEqual(['mixed_means']);
    expect(await codes(slip([transfer.id]))).toEqual(['not_depositable']);
    expect(await codes(slip([gift.id], CHRISTMAS))).toEqual(['before_received']);
    expect(await codes(slip([gift.id], '2999-01-01'))).toEqual(['in_the_future']);
  });
});

describe('a correction', () => {
  const correct = (id: string, reason = 'Saisi deux fois') =>
    post(`/v1/offline-donations/${id}/correct`, { reason });

  it('takes the gift back by a counter-entry, once, and cancels its receipt; nothing is edited', async () => {
    const gift = await entered({ formId: form.id });
    await eventually(async () => (await books.receipts(gift.id))[0]?.pdf);
    const corrected = (await correct(gift.id)).json as Offline;
    expect(corrected).toMatchObject({
      amount: euros(15_000),
      amountRefunded: euros(15_000),
      correction: { reason: 'Saisi deux fois' },
    });
    expect((await correct(gift.id, 'Encore')).json).toMatchObject({
      correction: { reason: 'Saisi deux fois' },
    });
    expect(await books.count(`ledger_entries WHERE fact = 'correction'`)).toBe(1);
    await eventually(
      async () => (await books.count('receipt_cancellations')) === 1,
      'the receipt is cancelled',
    );
    expectProblem(
      await post('/v1/deposits', { donationIds: [gift.id], depositedOn: TODAY }),
      409,
      'offline_donation_corrected',
    );
  });

  it('counts no longer for the form’s goal', async () => {
    const page = async () => (await (await fetch(app.url + form.path)).text()).replace(/\s/g, ' ');
    const gift = await entered({ formId: form.id, amount: euros(12_345) });
    const before = await page();
    await correct(gift.id);
    const after = await page();
    const raised = (html: string) => /([\d, ]+) € réunis/.exec(html)?.[1];
    expect([raised(before), raised(after)]).toEqual(['273,45', '150']);
  });

  it('of a gift that came online is refused: money is given back by a refund', async () => {
    expectProblem(await correct((await givenGift(app, form)).id), 404, 'offline_donation_not_found');
  });
});

describe('two at once', () => {
  const both = <T>(work: () => Promise<T>) => Promise.all([work(), work()]);
  const entries = async (id: string) =>
    (
      await books.rows<{ fact: string }>(
        `SELECT fact FROM ledger_entries e WHERE source_id IN (
           SELECT id FROM payments WHERE reference = $1
            UNION ALL SELECT r.id FROM payment_refunds r JOIN payments p ON p.id = r.payment_id WHERE p.reference = $1
            UNION ALL SELECT deposit_id FROM deposit_items WHERE donation_id = $1) ORDER BY fact`,
        [innerId('donation', id)],
      )
    ).map(({ fact }) => fact);

  it('two deposits of one cheque are one', async () => {
    const { id } = await entered();
    const answers = await both(() => post(`/v1/offline-donations/${id}/deposit`, { depositedOn: TODAY }));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await entries(id)).toEqual(['offline_deposit', 'offline_gift']);
  });

  it('two corrections of one gift are one', async () => {
    const { id } = await entered();
    const answers = await both(() => post(`/v1/offline-donations/${id}/correct`, { reason: 'Erreur' }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await entries(id)).toEqual(['correction', 'offline_gift']);
  });

  it('a deposit and a correction at once leave the money in one place', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id } = await entered();
      const [slip] = await Promise.all([
        post(`/v1/offline-donations/${id}/deposit`, { depositedOn: TODAY }),
        post(`/v1/offline-donations/${id}/correct`, { reason: 'Erreur' }),
      ]);
      const wasDeposited = slip.status === 201;
      expect(await entries(id)).toEqual([
        'correction',
        ...(wasDeposited ? ['offline_deposit'] : []),
        'offline_gift',
      ]);
      const left = await books.rows<{ account: string }>(
        `SELECT l.account FROM ledger_lines l JOIN ledger_entries e ON e.id = l.entry_id
          WHERE e.source_id IN (SELECT id FROM payments WHERE reference = $1
             UNION ALL SELECT r.id FROM payment_refunds r JOIN payments p ON p.id = r.payment_id WHERE p.reference = $1
             UNION ALL SELECT deposit_id FROM deposit_items WHERE donation_id = $1)
          GROUP BY l.account HAVING sum(debit_cents - credit_cents) <> 0`,
        [innerId('donation', id)],
      );
      expect(left).toEqual([]);
    }
  });
});
