import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dueAfter, monthsFrom } from '../../../src/donations/plans/due-dates.js';
import { newScopedToken } from '../../../src/kernel/scoped-token.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  disturbSandbox,
  givenAssociation,
  givenForm,
  payAtSandbox,
  type GivenAssociation,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { plainSpaces } from '../../support/pdf-text.js';
import { GivenPlans, inDays, today, type KeptPlan } from '../../support/plans.js';

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let plans: GivenPlans;

beforeAll(async () => {
  app = await startTestApp({ mollieTimeoutMs: 1_500 });
  books = new Books(app);
  association = await givenAssociation(app);
  plans = new GivenPlans(app, books, await givenForm(app, association, { maximumCents: 20_000 }));
});
afterEach(async () => {
  await disturbSandbox(app, {});
  await plans.quiet();
});
afterAll(async () => {
  await books.close();
  await app.close();
});

async function open(plan: KeptPlan, query = ''): Promise<{ status: number; text: string }> {
  const { status, text } = await call(app, `/mon-don/${plan.token}${query}`);
  return { status, text: plainSpaces(text) };
}

function post(
  plan: Pick<KeptPlan, 'token'>,
  action: string,
  fields: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${app.url}/mon-don/${plan.token}/${action}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
}

describe('the page of a monthly gift', () => {
  it('opens with its address alone, says what is given and when, and what was', async () => {
    const plan = await plans.active();
    const { status, text } = await open(plan);
    expect(status).toBe(200);
    expect(text).toContain('Vous donnez 50 € chaque mois à Les Lilas du canal. Merci.');
    expect(text).toContain('reçu, merci');
    expect(text).toMatch(/<meta name="robots" content="noindex">/);
    for (const secret of ['Martin', 'camille.martin@example.org', 'Écluses'])
      expect(text).not.toContain(secret);
  });

  it('is nobody else’s: other tokens, another association’s included, open nothing', async () => {
    const plan = await plans.active();
    const other = await givenAssociation(app);
    for (const token of [
      'inconnu',
      newScopedToken(association.associationId),
      newScopedToken(other.associationId),
      `${plan.token}x`,
    ]) {
      expect((await call(app, `/mon-don/${token}`)).status).toBe(404);
      for (const action of ['montant', 'pause', 'reprendre', 'arreter', 'moyen'])
        expect((await post({ token }, action, { amount: '5' })).status).toBe(404);
    }
    expect(await plans.plan(plan.id)).toEqual(plan);
  });

  it('is kept out of caches, referrers and search engines, and sets no cookie', async () => {
    const plan = await plans.active();
    const { headers } = await fetch(`${app.url}/mon-don/${plan.token}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('speaks the language of the gift', async () => {
    const plan = await plans.active({ locale: 'en' });
    expect((await open(plan)).text).toContain('You give €50 each month to Les Lilas du canal. Thank you.');
  });
});

describe('by a link, without an account', () => {
  it('the amount changes within the form’s bounds, from the next debit on', async () => {
    const plan = await plans.active();
    const changed = await post(plan, 'montant', { amount: '12,50' });
    expect([changed.status, changed.headers.get('location')]).toEqual([
      303,
      `/mon-don/${plan.token}?fait=montant#notice`,
    ]);
    expect((await open(plan, '?fait=montant')).text).toContain('C’est noté');
    await plans.dueOn(plan, inDays(-1));
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toEqual([{ status: 'paid', cents: 1_250 }]);
    expect(await plans.mails(plan)).toEqual(['amount_changed']);
  });

  it.each([
    ['0,50', 'Le don minimum est de 1 €.'],
    ['201', 'En ligne, le don maximum est de 200 €.'],
    ['beaucoup', 'Écrivez le montant en chiffres'],
    ['', 'Choisissez un montant.'],
  ])('an amount of "%s" is asked again, with what was typed', async (amount, words) => {
    const plan = await plans.active();
    const refused = await post(plan, 'montant', { amount });
    const text = plainSpaces(await refused.text());
    expect(refused.status).toBe(422);
    expect(text).toContain(words);
    expect(text).toContain(
      `name="amount" type="text" inputmode="decimal" autocomplete="off" value="${amount}"`,
    );
    expect(await plans.plan(plan.id)).toMatchObject({ amountCents: 5_000 });
  });

  it('a pause of two months leaves two debits out, ends by itself, and is told', async () => {
    const plan = await plans.active();
    await post(plan, 'pause', { months: '2' });
    const until = monthsFrom(today(), 2);
    expect(await plans.plan(plan.id)).toMatchObject({
      state: 'paused',
      pausedReason: 'donor',
      pausedUntil: until,
    });
    expect((await open(plan)).text).toContain('est en pause');
    await plans.dueOn(plan, inDays(-36));
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toEqual([]);
    await books.rows('UPDATE plans SET paused_until = $2, charge_staged_at = NULL WHERE id = $1', [
      plan.id,
      inDays(-5),
    ]);
    await plans.lookAtCalendar();
    const after = await plans.plan(plan.id);
    expect(after).toMatchObject({ state: 'active', pausedReason: null, pausedUntil: null });
    expect(after.nextDueOn! > today()).toBe(true);
    expect(await plans.charges(plan)).toEqual([]);
    expect((await plans.periods(plan.id)).slice(1)).toMatchObject([
      { state: 'skipped', skippedBecause: 'paused' },
      { state: 'skipped', skippedBecause: 'paused' },
    ]);
    expect(await plans.mails(plan)).toEqual(['paused']);
  });

  it('a pause without end is ended by a click, and nothing is debited that day', async () => {
    const plan = await plans.active();
    await post(plan, 'pause', { months: 'open' });
    await plans.dueOn(plan, inDays(-3));
    await post(plan, 'reprendre');
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toEqual([]);
    const { nextDueOn, state, anchorDay } = { ...(await plans.plan(plan.id)) };
    expect(state).toBe('active');
    expect(nextDueOn).toBe(dueAfter(today(), inDays(-3), { frequency: 'monthly', anchorDay: anchorDay! }));
    expect(await plans.mails(plan)).toEqual(['paused', 'resumed']);
  });

  it('it is stopped in one step, with or without a reason, and the mandate is given back', async () => {
    const plan = await plans.active();
    const question = await call(app, `/mon-don/${plan.token}/arreter`);
    expect(plainSpaces(question.text)).toContain('s’arrête aussitôt');
    const stopped = await post(plan, 'arreter', { reason: 'budget' });
    expect(stopped.headers.get('location')).toBe(`/mon-don/${plan.token}?fait=arret#notice`);
    await plans.quiet();
    expect(await plans.plan(plan.id)).toMatchObject({ state: 'ended', endedReason: 'donor' });
    expect(await plans.mandate(plan)).toMatchObject({ state: 'revoked' });
    expect(await plans.mails(plan)).toEqual(['stopped']);
    await post(plan, 'arreter');
    await plans.dueOn(plan, inDays(-1));
    await plans.lookAtCalendar();
    expect(await plans.mails(plan)).toEqual(['stopped']);
    expect(await plans.charges(plan)).toEqual([]);
    const [entry] = await books.rows(
      `SELECT actor, details FROM journal_entries WHERE action = 'plan.stopped' ORDER BY id DESC LIMIT 1`,
    );
    expect(entry).toEqual({ actor: 'donor', details: { because: 'budget' } });
  });
});

describe('a new means of payment', () => {
  async function pay(plan: KeptPlan, outcome: 'paid' | 'canceled' = 'paid'): Promise<void> {
    const sent = await post(plan, 'moyen');
    expect(sent.status).toBe(303);
    await payAtSandbox(sent.headers.get('location')!, outcome);
    await plans.quiet();
  }

  it('pays the period that failed, takes the old one’s place, and the old one is revoked at the provider', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await disturbSandbox(app, { recurring: { outcome: 'failed', failureReason: 'insufficient_funds' } });
    await plans.lookAtCalendar();
    await disturbSandbox(app, {});
    expect((await open(plan)).text).toContain('qui n’ont pas pu être prélevés');
    await pay(plan);
    const after = await plans.plan(plan.id);
    expect(after.mandateId).not.toBe(plan.mandateId);
    expect(await plans.mandate(plan)).toMatchObject({ state: 'revoked' });
    expect(await plans.mandate(after)).toMatchObject({ state: 'valid' });
    expect(await plans.states(plan.id)).toEqual(['paid', 'paid']);
    expect(await plans.mails(plan)).toEqual(['failed', 'mended']);
    await plans.daysLater(plan, 3);
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toHaveLength(1);
  });

  it('without a failure pays the next period in advance, and nothing more is debited for it', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(5));
    await pay(plan);
    const after = await plans.plan(plan.id);
    expect(after.nextDueOn! > inDays(25)).toBe(true);
    expect((await plans.periods(plan.id)).at(-1)).toMatchObject({
      dueOn: inDays(5),
      state: 'paid',
      attempts: 0,
    });
    await plans.lookAtCalendar();
    expect(await plans.charges(plan)).toEqual([]);
  });

  it('left at the checkout changes nothing, and is taken up where it was', async () => {
    const plan = await plans.active();
    await pay(plan, 'canceled');
    expect(await plans.plan(plan.id)).toMatchObject({ state: 'active', mandateId: plan.mandateId });
    await pay(plan);
    expect(await books.count('donations WHERE plan_id = $1', [plan.id])).toBe(2);
    expect((await plans.plan(plan.id)).mandateId).not.toBe(plan.mandateId);
  });

  it('takes an ended plan up again', async () => {
    const plan = await plans.active();
    await post(plan, 'arreter');
    await plans.quiet();
    await plans.dueOn(plan, inDays(-1));
    expect((await open(plan)).text).toContain('Reprendre ce don');
    await pay(plan);
    expect(await plans.plan(plan.id)).toMatchObject({ state: 'active', endedReason: null });
    expect((await plans.plan(plan.id)).nextDueOn! > inDays(25)).toBe(true);
  });

  it('is not asked for while a payment is under way', async () => {
    const plan = await plans.active();
    await plans.dueOn(plan, inDays(-1));
    await disturbSandbox(app, { recurring: { outcome: 'pending' } });
    await plans.lookAtCalendar();
    const refused = await post(plan, 'moyen');
    expect(refused.headers.get('location')).toBe(`/mon-don/${plan.token}?fait=en-cours#notice`);
    expect((await open(plan)).text).not.toContain('/moyen');
  });

  it('with a silent provider tells the donor so, and that nothing was debited', async () => {
    const plan = await plans.active();
    await disturbSandbox(app, { only: 'POST', answerHtml: 50 });
    const silent = await post(plan, 'moyen');
    expect(silent.status).toBe(503);
  });
});

describe('every mail about a monthly gift', () => {
  it('carries the link to its page, the thanks too', async () => {
    const plan = await plans.active();
    await post(plan, 'pause', { months: '1' });
    await plans.quiet();
    const mails = await books.rows<{ text: string; html: string; fact: string }>(
      `SELECT body_text AS text, html, fact FROM mail_deliveries m
        WHERE fact LIKE 'plan-%:' || $1::text || ':%'
           OR fact IN (SELECT 'thank-you:' || id FROM donations WHERE plan_id = $1::uuid)`,
      [plan.id],
    );
    expect(mails).toHaveLength(2);
    for (const { text, html } of mails) {
      expect(text).toContain(`${app.url}/mon-don/${plan.token}`);
      expect(html).toContain(`${app.url}/mon-don/${plan.token}`);
    }
  });
});
