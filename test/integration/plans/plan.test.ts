import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dayOfMonth, nextDue } from '../../../src/donations/plans/due-dates.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  disturbSandbox,
  givenAssociation,
  givenForm,
  payAtSandbox,
  type GivenAssociation,
  type GivenForm,
} from '../../support/factories.js';
import { GivenPlans, inDays, today } from '../../support/plans.js';

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let form: GivenForm;
let plans: GivenPlans;

beforeAll(async () => {
  app = await startTestApp({ mollieTimeoutMs: 1_500 });
  books = new Books(app);
  association = await givenAssociation(app);
  form = await givenForm(app, association);
  plans = new GivenPlans(app, books, form);
});
afterEach(async () => {
  await disturbSandbox(app, {});
  await plans.quiet();
});
afterAll(async () => {
  await books.close();
  await app.close();
});

describe('a monthly gift begins', () => {
  it('with its first payment: one customer, one mandate, and the next debit a month from now', async () => {
    const plan = await plans.active();
    const rule = { frequency: 'monthly' as const, anchorDay: dayOfMonth(today()) };
    expect(plan).toMatchObject({
      nextDueOn: nextDue(today(), rule),
      anchorDay: rule.anchorDay,
      amountCents: 5_000,
    });
    expect(await plans.mandate(plan)).toMatchObject({
      method: 'creditcard',
      cardExpiresOn: expect.any(String),
    });
    expect(await plans.periods(plan.id)).toMatchObject([{ dueOn: today(), state: 'paid', attempts: 0 }]);
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toEqual([]);
  });

  it('only once, however often its first webhook comes', async () => {
    const plan = await plans.active();
    const [first] = await books.rows<{ token: string; providerId: string }>(
      `SELECT p.token, p.provider_id AS "providerId" FROM payments p JOIN donations d ON d.id = p.reference WHERE d.plan_id = $1`,
      [plan.id],
    );
    for (let i = 0; i < 3; i += 1)
      await fetch(`${app.url}/webhooks/mollie/${first!.token}`, {
        method: 'POST',
        body: new URLSearchParams({ id: first!.providerId }),
      });
    await plans.quiet();
    expect(await plans.plan(plan.id)).toEqual(plan);
    expect(await plans.states(plan.id)).toEqual(['paid']);
  });

  it('not before it is paid: a checkout that ends, ends the plan, and a late payment begins it all the same', async () => {
    const gift = await plans.gift();
    await payAtSandbox(gift.checkoutUrl, 'expired');
    await plans.quiet();
    const { id } = await plans.ofGift(gift.id);
    expect(await plans.plan(id)).toMatchObject({ state: 'ended', endedReason: 'never_started' });
    const retried = await fetch(`${app.url}/don/${gift.statusUrl.split('/').at(-1)}/reessayer`, {
      method: 'POST',
      redirect: 'manual',
    });
    await payAtSandbox(retried.headers.get('location')!);
    await plans.quiet();
    expect(await plans.plan(id)).toMatchObject({ state: 'active', endedReason: null });
  });

  it('a refused first payment leaves it to be tried again with the same mandate', async () => {
    const gift = await plans.gift();
    await payAtSandbox(gift.checkoutUrl, 'failed');
    await plans.quiet();
    const { id } = await plans.ofGift(gift.id);
    expect(await plans.plan(id)).toMatchObject({ state: 'pending' });
    const retried = await fetch(`${app.url}/don/${gift.statusUrl.split('/').at(-1)}/reessayer`, {
      method: 'POST',
      redirect: 'manual',
    });
    await payAtSandbox(retried.headers.get('location')!);
    await plans.quiet();
    expect(await plans.plan(id)).toMatchObject({ state: 'active' });
    expect(await books.count('payment_mandates WHERE holder = $1', [id])).toBe(1);
  });
});

describe('a plan that falls due', () => {
  it('is charged once, and the gift is one like any other', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toEqual([{ status: 'paid', cents: 5_000 }]);
    const [, charged] = await plans.periods(plan.id);
    expect(charged).toMatchObject({ state: 'paid', attempts: 1 });
    expect(await books.count(`donations WHERE plan_id = $1 AND state = 'paid'`, [plan.id])).toBe(2);
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toHaveLength(1);
  });

  it('is charged with the gift’s account and mode, and no page of the donor', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await plans.lookAtCalendar();
    const [charge] = await books.rows(
      `SELECT sequence, return_url AS "returnUrl", checkout_url AS "checkoutUrl", mode FROM payments p
         JOIN donations d ON d.id = p.reference WHERE d.plan_id = $1 ORDER BY p.id DESC LIMIT 1`,
      [plan.id],
    );
    expect(charge).toEqual({ sequence: 'recurring', returnUrl: null, checkoutUrl: null, mode: 'test' });
  });

  it('after three months of downtime is charged once, and the missed ones are written down', async () => {
    const plan = await plans.active();
    const anchorDay = dayOfMonth(inDays(-3));
    await plans.dueOn(plan, inDays(-95));
    await books.rows('UPDATE plans SET anchor_day = $2 WHERE id = $1', [plan.id, anchorDay]);
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toHaveLength(1);
    const periods = (await plans.periods(plan.id)).filter(({ dueOn }) => dueOn !== inDays(-40));
    expect(periods.slice(0, -1).every(({ skippedBecause }) => skippedBecause === 'downtime')).toBe(true);
    expect(periods.at(-1)).toMatchObject({ state: 'paid' });
    expect((await plans.plan(plan.id)).nextDueOn! > today()).toBe(true);
  });

  it('eleven days ago is not charged any more', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-11));
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toEqual([]);
    expect(await plans.periods(plan.id)).toMatchObject([
      { state: 'paid' },
      { state: 'skipped', skippedBecause: 'downtime' },
    ]);
  });

  it('by PayPal, direct debit or card alike', async () => {
    for (const method of ['paypal', 'bancontact']) {
      const plan = await plans.active({}, method);
      await plans.dueOn(plan, inDays(-1));
      await plans.lookAtCalendar();
      expect(await plans.charges(plan)).toMatchObject([{ status: expect.stringMatching(/paid|pending/) }]);
    }
  });
});
