import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ChargePlanHandler } from '../../../src/donations/plans/charge-plan.handler.js';
import { FindExpiringCardsHandler } from '../../../src/donations/plans/find-expiring-cards.handler.js';
import { publicId } from '../../../src/kernel/ids.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  disturbSandbox,
  givenAssociation,
  givenForm,
  type GivenAssociation,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { GivenPlans, inDays, type KeptPlan } from '../../support/plans.js';

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let plans: GivenPlans;

beforeAll(async () => {
  app = await startTestApp({ mollieTimeoutMs: 1_500 });
  books = new Books(app);
  association = await givenAssociation(app);
  plans = new GivenPlans(app, books, await givenForm(app, association));
});
afterEach(async () => {
  await disturbSandbox(app, {});
  await plans.quiet();
});
afterAll(async () => {
  await books.close();
  await app.close();
});

/** A plan whose period of yesterday was refused. */
async function refused(failureReason: string, method?: string): Promise<KeptPlan> {
  const plan = await plans.active({}, method);
  await plans.dueOn(plan, inDays(-1));
  await disturbSandbox(app, { recurring: { outcome: 'failed', failureReason } });
  await plans.lookAtCalendar();
  return plan;
}

async function period(plan: KeptPlan) {
  return (await plans.periods(plan.id)).find(({ dueOn }) => dueOn === inDays(-1));
}

describe('a soft failure', () => {
  it('is tried again after 3, 7 and 14 days, with a mail each time, and then the period is given up', async () => {
    const plan = await refused('insufficient_funds');
    for (const [attempts, next] of [
      [1, 3],
      [2, 7],
      [3, 14],
    ] as const) {
      expect(await period(plan)).toMatchObject({
        state: 'failed',
        attempts,
        failureKind: 'soft',
        failureReason: 'insufficient_funds',
      });
      await plans.lookAtCalendar();
      expect(await plans.charges(plan)).toHaveLength(attempts);
      await books.rows('UPDATE plans SET next_due_on = next_due_on + 31 WHERE id = $1', [plan.id]);
      await plans.daysLater(plan, next - [0, 3, 7][attempts - 1]!);
      await plans.lookAtCalendar();
    }
    expect(await period(plan)).toMatchObject({ state: 'given_up', attempts: 4, nextAttemptOn: null });
    expect(await plans.plan(plan.id)).toMatchObject({ state: 'active' });
    expect(await plans.mails(plan)).toEqual(['failed', 'failed', 'failed', 'gave_up']);
    expect(await books.count(`donations WHERE plan_id = $1`, [plan.id])).toBe(2);
  });

  it('that goes through the next time is one gift, paid', async () => {
    const plan = await refused('card_declined');
    await disturbSandbox(app, {});
    await plans.daysLater(plan, 3);
    await plans.lookAtCalendar();
    expect(await period(plan)).toMatchObject({ state: 'paid', attempts: 2 });
    expect(await plans.charges(plan)).toMatchObject([{ status: 'failed' }, { status: 'paid' }]);
  });

  it('says when it is tried again and where to mend it, in a link of its own', async () => {
    const plan = await refused('insufficient_funds');
    const [mail] = await books.rows<{ text: string; html: string; subject: string }>(
      `SELECT body_text AS text, html, subject FROM mail_deliveries WHERE fact LIKE 'plan-failed:' || $1::text || '%'`,
      [plan.id],
    );
    expect(mail!.text).toContain(`${app.url}/mon-don/${plan.token}#moyen`);
    expect(mail!.text).toContain('Rien n’a été débité');
    expect(mail!.subject).toMatch(
      /^Votre don mensuel de 50\s€ n’a pas pu être prélevé – Les Lilas du canal$/,
    );
    expect(mail!.html).toContain(plan.token);
  });

  it('in two periods in a row ends the plan, and the donor is told', async () => {
    const plan = await plans.active();
    await disturbSandbox(app, { recurring: { outcome: 'failed', failureReason: 'insufficient_funds' } });
    for (const day of [-5, -2]) {
      await plans.dueOn(plan, inDays(day));
      await plans.lookAtCalendar();
      await plans.daysLater(plan, 14);
      await plans.lookAtCalendar();
    }
    expect(await plans.states(plan.id)).toEqual(['paid', 'given_up', 'given_up']);
    expect(await plans.plan(plan.id)).toMatchObject({ state: 'ended', endedReason: 'unpaid' });
    expect((await plans.mails(plan)).at(-1)).toBe('ended');
    expect(await plans.mandate(plan)).toMatchObject({ state: 'revoked' });
  });
});

describe('a hard failure', () => {
  it.each(['card_expired', 'inactive_card', 'possible_fraud'])('%s ends the plan at once', async (reason) => {
    const plan = await refused(reason);
    expect(await plans.plan(plan.id)).toMatchObject({ state: 'ended', endedReason: 'payment_refused' });
    expect(await period(plan)).toMatchObject({
      state: 'given_up',
      failureKind: 'hard',
      failureReason: reason,
    });
    expect(await plans.mails(plan)).toEqual(['ended']);
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toHaveLength(1);
  });

  it('of a dead account holder writes to nobody', async () => {
    const plan = await refused('MD07', 'bancontact');
    const [charge] = await plans.sandbox.payments({ sequenceType: 'recurring', status: 'pending' });
    if (charge) await plans.sandbox.move(charge.id, 'failed', { failureReason: 'MD07' });
    await plans.quiet();
    expect(await plans.plan(plan.id)).toMatchObject({ state: 'ended' });
    expect(await plans.mails(plan)).toEqual([]);
  });

  it('the mandate gone at the provider is one too, before and after a charge', async () => {
    const plan = await plans.active();
    const { mandateId } = await plans.mandate(plan);
    await plans.sandbox.changeMandate(mandateId!, { status: 'invalid' });
    await plans.dueOn(plan, inDays(-1));
    await plans.lookAtCalendar();
    expect(await plans.plan(plan.id)).toMatchObject({ state: 'ended' });
    expect(await plans.charges(plan)).toEqual([]);
  });
});

describe('a failure that is ours', () => {
  it('tells the donor nothing, and is tried again the next day', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await disturbSandbox(app, { only: 'POST', failNext: { times: 20, status: 401 } });
    await plans.lookAtCalendar();
    expect(await period(plan)).toMatchObject({
      state: 'failed',
      failureKind: 'ours',
      nextAttemptOn: inDays(1),
    });
    expect(await plans.mails(plan)).toEqual([]);
    await disturbSandbox(app, {});
    await plans.daysLater(plan, 1);
    await plans.lookAtCalendar();
    expect(await period(plan)).toMatchObject({ state: 'paid' });
  });
});

describe('a dispute', () => {
  it('on a card takes its mandate along: the plan ends, and the donor is told that alone', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await plans.lookAtCalendar();
    const [charge] = await plans.sandbox.payments({ sequenceType: 'recurring' });
    await plans.sandbox.chargeBack(charge!.id);
    await plans.quiet();
    // The sandbox, as Mollie, revokes a card's mandate after one reversal.
    expect(await plans.plan(plan.id)).toMatchObject({ state: 'ended', endedReason: 'mandate_gone' });
    await plans.sendLateMails();
    expect(await plans.mails(plan)).toEqual(['ended']);
  });

  it('by PayPal leaves the mandate: the plan pauses until the donor says so', async () => {
    const plan = await plans.active({}, 'paypal');
    await plans.dueOn(plan, inDays(-1));
    await plans.lookAtCalendar();
    const [charge] = await plans.sandbox.payments({ sequenceType: 'recurring' });
    await plans.sandbox.chargeBack(charge!.id);
    await plans.quiet();
    const state = await plans.plan(plan.id);
    expect(state).toMatchObject({ state: 'paused', pausedReason: 'disputed', pausedUntil: null });
    await plans.sendLateMails();
    expect(await plans.mails(plan)).toEqual(['disputed']);
    await plans.dueOn(plan, inDays(-1));
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toHaveLength(1);
  });
});

describe('an expiring card', () => {
  it('is announced once, with a link to mend', async () => {
    const plan = await plans.active();
    const { mandateId } = await plans.mandate(plan);
    await plans.sandbox.changeMandate(mandateId!, { cardExpiryDate: inDays(20) });
    await plans.dueOn(plan, inDays(-1));
    await disturbSandbox(app, { recurring: { outcome: 'failed', failureReason: 'insufficient_funds' } });
    await plans.lookAtCalendar();
    expect((await plans.plan(plan.id)).cardExpiresOn).not.toBeNull();
    for (let i = 0; i < 2; i += 1) {
      await app.get(FindExpiringCardsHandler).run();
      await plans.quiet();
    }
    expect((await plans.mails(plan)).filter((fact) => fact === 'card_expiring')).toHaveLength(1);
  });
});

describe('the treasurer', () => {
  it('sees why a charge failed, in words and as a code, and asks for it again', async () => {
    const plan = await refused('insufficient_funds');
    const path = `/v1/plans/${publicId('plan', plan.id)}`;
    const { json } = await call(app, path, { key: association.keys.reader });
    expect(json).toMatchObject({
      object: 'plan',
      status: 'active',
      periods: [
        { status: 'failed', failure: { code: 'insufficient_funds', kind: 'soft', text: expect.any(String) } },
        { status: 'paid', failure: null },
      ],
    });
    await disturbSandbox(app, {});
    const asked = await call(app, `${path}/retry`, { method: 'POST', key: association.keys.treasurer });
    expect(asked.status).toBe(202);
    await plans.quiet();
    expect(await period(plan)).toMatchObject({ state: 'paid' });
    const again = await call(app, `${path}/retry`, { method: 'POST', key: association.keys.treasurer });
    expect(again).toMatchObject({ status: 409, json: { code: 'plan_nothing_to_retry' } });
  });

  it('cannot ask while a payment is under way', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await disturbSandbox(app, { recurring: { outcome: 'pending' } });
    await plans.lookAtCalendar();
    const path = `/v1/plans/${publicId('plan', plan.id)}/retry`;
    const asked = await call(app, path, { method: 'POST', key: association.keys.treasurer });
    expect(asked).toMatchObject({ status: 409, json: { code: 'plan_charge_under_way' } });
  });

  it('pauses, resumes and stops; each is in the journal and told to the donor', async () => {
    const plan = await plans.active();
    const path = `/v1/plans/${publicId('plan', plan.id)}`;
    const key = association.keys.treasurer;
    const paused = await call(app, `${path}/pause`, { method: 'POST', key, json: { months: 2 } });
    expect(paused.json).toMatchObject({ status: 'paused', pausedReason: 'association' });
    await plans.quiet();
    const resumed = await call(app, `${path}/resume`, { method: 'POST', key });
    expect(resumed.json).toMatchObject({ status: 'active', pausedReason: null });
    await plans.quiet();
    const stopped = await call(app, `${path}/stop`, { method: 'POST', key });
    expect(stopped.json).toMatchObject({ status: 'ended', endedReason: 'association', nextDebitOn: null });
    await plans.quiet();
    expect(await plans.mails(plan)).toEqual(['paused', 'resumed', 'stopped']);
    const journal = await books.rows<{ action: string }>(
      `SELECT action FROM journal_entries WHERE subject = $1 ORDER BY id`,
      [publicId('plan', plan.id)],
    );
    expect(journal.map(({ action }) => action)).toEqual(['plan.paused', 'plan.resumed', 'plan.stopped']);
  });

  it('lists plans by state and form, and sees the plan of a gift; another association sees nothing', async () => {
    const plan = await plans.active();
    const id = publicId('plan', plan.id);
    const { json } = await call(app, '/v1/plans?status=active', { key: association.keys.reader });
    expect((json as { data: { id: string }[] }).data[0]).toMatchObject({ id });
    const gifts = await call(app, '/v1/donations', { key: association.keys.reader });
    expect((gifts.json as { data: object[] }).data[0]).toMatchObject({ planId: id, frequency: 'monthly' });
    const other = await givenAssociation(app);
    const seen = await call(app, `/v1/plans/${id}`, { key: other.keys.owner });
    expect(seen.status).toBe(404);
    const reader = await call(app, `/v1/plans/${id}/stop`, { method: 'POST', key: association.keys.reader });
    expect(reader.status).toBe(403);
  });
});

describe('however many runners and kills', () => {
  it('a plan is charged once per period', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await Promise.all(Array.from({ length: 8 }, () => plans.charge(plan)));
    await plans.quiet();
    expect(await plans.charges(plan)).toHaveLength(1);
    expect(await period(plan)).toMatchObject({ state: 'paid', attempts: 1 });
  });

  it.each([{ hangAfterWork: 1 }, { dropAfterWork: 1 }, { dropConnection: 1 }, { answerHtml: 1 }])(
    'an answer that is lost (%j) is asked for again, and the donor is debited once',
    async (disturbance) => {
      const plan = await plans.active();
      await plans.dueOn(plan, inDays(-1));
      await disturbSandbox(app, { only: 'POST', onlyPath: '/v2/payments', ...disturbance });
      await plans.charge(plan).catch(() => undefined);
      await disturbSandbox(app, {});
      await plans.charge(plan);
      await plans.quiet();
      expect(await plans.charges(plan)).toHaveLength(1);
      expect(await period(plan)).toMatchObject({ state: 'paid', attempts: 1 });
    },
  );

  it('killed after the decision: an hour later the provider is asked whether it knows the charge, before it is asked for one', async () => {
    const { SweepChargesHandler } = await import('../../../src/payments/mandates/sweep-charges.handler.js');
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await disturbSandbox(app, { only: 'POST', onlyPath: '/v2/payments', dropAfterWork: 3 });
    await plans.charge(plan).catch(() => undefined);
    expect(await plans.charges(plan)).toHaveLength(1);
    // The provider has forgotten the key.
    await books.rows(
      `UPDATE payments SET created_at = created_at - interval '2 hours' WHERE state = 'created' AND sequence = 'recurring'`,
    );
    await disturbSandbox(app, {});
    await app.get(SweepChargesHandler).run();
    await plans.quiet();
    expect(await plans.charges(plan)).toHaveLength(1);
    expect(await period(plan)).toMatchObject({ state: 'paid' });
  });

  it('a webhook that is lost is made up for by the sweep', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await disturbSandbox(app, { webhooks: { lose: 10 } });
    await app.get(ChargePlanHandler).run({ associationId: plan.associationId, planId: plan.id });
    await disturbSandbox(app, {});
    const { SyncPayment } = await import('../../../src/payments/index.js');
    const [charge] = await books.rows<{ id: string }>(
      `SELECT p.id FROM payments p JOIN donations d ON d.id = p.reference WHERE d.plan_id = $1 AND p.sequence = 'recurring'`,
      [plan.id],
    );
    await app.get(SyncPayment).run({ associationId: plan.associationId, paymentId: charge!.id });
    await plans.quiet();
    expect(await period(plan)).toMatchObject({ state: 'paid' });
  });
});
