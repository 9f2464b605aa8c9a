import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import {
  disturbSandbox,
  eventually,
  givenAssociation,
  givenForm,
  payAtSandbox,
  type GivenAssociation,
} from '../support/factories.js';
import { readBook } from '../support/ledger-book.js';
import { plainSpaces } from '../support/pdf-text.js';
import { GivenPlans, inDays, type KeptPlan } from '../support/plans.js';

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let plans: GivenPlans;
let plan: KeptPlan;

beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
  association = await givenAssociation(app);
  plans = new GivenPlans(app, books, await givenForm(app, association, { title: 'Fleurir les berges' }));
});
afterAll(async () => {
  await books.close();
  await app.close();
});

/** A form of the donor's page. */
async function send(action: string, fields: Record<string, string> = {}): Promise<Response> {
  const answer = await fetch(`${app.url}/mon-don/${plan.token}/${action}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  if (!answer.headers.get('location')!.startsWith(app.sandbox.checkoutUrl)) await plans.quiet();
  return answer;
}

let month = 0;

/** A month later its day has come; each is told as another day of this week. */
async function aMonthLater(): Promise<void> {
  month += 1;
  await plans.dueOn(plan, inDays(month - 9));
  await plans.lookAtCalendar();
}

/** The story depends on no day and no number. */
const timeless = (text: string) =>
  plainSpaces(text)
    .replaceAll(/\d{1,2} \S+ 20\d\d/g, '…')
    .replaceAll(/don_\w+/g, 'don_…');

describe('a monthly gift from its first payment to its end', () => {
  it('Camille gives 20 € a month: the first is paid at the checkout and makes the mandate', async () => {
    plan = await plans.active({ amount: { cents: 2_000, currency: 'EUR' }, wantsReceipt: true });
    expect(await plans.states(plan.id)).toEqual(['paid']);
  });

  it('a month later 20 € are debited without her, with a receipt and thanks of their own', async () => {
    await aMonthLater();
    expect(await plans.charges(plan)).toEqual([{ status: 'paid', cents: 2_000 }]);
    expect(await books.receipts()).toHaveLength(2);
  });

  it('she makes it 30 €, from the next debit on', async () => {
    await send('montant', { amount: '30' });
    await aMonthLater();
    expect((await plans.charges(plan)).at(-1)).toEqual({ status: 'paid', cents: 3_000 });
  });

  it('her account is short: nothing is booked, a mail says when it is tried again, and three days later it goes through', async () => {
    await disturbSandbox(app, { recurring: { outcome: 'failed', failureReason: 'insufficient_funds' } });
    await aMonthLater();
    await disturbSandbox(app, {});
    expect((await plans.states(plan.id)).at(-1)).toBe('failed');
    await plans.daysLater(plan, 3);
    await plans.lookAtCalendar();
    expect((await plans.states(plan.id)).at(-1)).toBe('paid');
  });

  it('a break: a month is left out', async () => {
    await send('pause', { months: 'open' });
    await aMonthLater();
    await send('reprendre');
    expect((await plans.states(plan.id)).at(-1)).toBe('skipped');
  });

  it('a new card, by the next gift in advance; the old mandate is revoked', async () => {
    const { headers } = await send('moyen');
    await payAtSandbox(headers.get('location')!);
    await plans.quiet();
    expect(await plans.mandate(plan)).toMatchObject({ state: 'revoked' });
  });

  it('she has her bank take one debit back: the gift pauses by itself', async () => {
    await aMonthLater();
    const [charge] = await plans.sandbox.payments({ sequenceType: 'recurring' });
    await plans.sandbox.chargeBack(charge!.id, {
      reason: { code: 'MD06', description: 'demande du payeur' },
    });
    await plans.quiet();
    expect((await plans.plan(plan.id)).state).not.toBe('active');
  });

  it('and ends with its mandate, for good until she pays again', async () => {
    await eventually(async () => (await plans.plan(plan.id)).state === 'ended', 'the plan has ended');
    await aMonthLater();
    expect(await plans.plan(plan.id)).toMatchObject({ state: 'ended', nextDueOn: inDays(month - 9) });
  });

  it('the book shows every cent, in and out', async () => {
    expect(await readBook(app.database, association.associationId)).toMatchSnapshot();
  });

  it('and the mails say it all, in words of their own', async () => {
    await plans.sendLateMails();
    const mails = await books.mails();
    const told = mails.map(({ subject, fact }) => `${fact.split(':')[0]} | ${timeless(subject)}`);
    // Of two facts of one moment either mail may be the first.
    expect(told.sort()).toMatchSnapshot();
    const { text } = mails.find(({ fact }) => fact.startsWith('plan-failed'))!;
    expect(
      text
        .split('\n')
        .filter((line) => line && !line.includes('http'))
        .map(timeless),
    ).toMatchSnapshot();
  });
});
