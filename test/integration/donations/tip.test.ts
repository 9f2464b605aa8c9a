import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { innerId } from '../../../src/kernel/ids.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { runChecks } from '../../../src/platform/integrity/run-checks.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { ConnectJourney } from '../../support/connect.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  giftBody,
  payAtSandbox,
  postGift,
  someSlug,
  untilPaid,
  untilReceipt,
  type GivenAssociation,
  type GivenForm,
  type MadeGift,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { readBook } from '../../support/ledger-book.js';
import { documentedCall } from '../../support/openapi.js';
import { plainSpaces } from '../../support/pdf-text.js';
import { expectProblem } from '../../support/problems.js';

const euros = (cents: number) => ({ cents, currency: 'EUR' });

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let form: GivenForm;
beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
  association = await givenAssociation(app);
  await new ConnectJourney(app, association).connect(someSlug('Les Lilas'));
  form = await givenForm(app, association, { platformTip: true, goalCents: 100_000 });
});
afterAll(async () => {
  await books.close();
  await app.close();
});

const give = (overrides: Record<string, unknown>, to = form) => postGift(app, to, giftBody(overrides));
async function given(overrides: Record<string, unknown>): Promise<MadeGift> {
  const answer = await give(overrides);
  expect(answer.status).toBe(201);
  return answer.json as MadeGift;
}
const reader = () => ({ key: association.keys.reader });
const payments = (gift: MadeGift) =>
  books.rows<{ amount: number; fee: number; state: string; providerId: string }>(
    `SELECT amount_cents::int AS amount, application_fee_cents::int AS fee, state, provider_id AS "providerId"
       FROM payments WHERE reference = $1 ORDER BY id`,
    [innerId('donation', gift.id)],
  );

describe('a contribution to the platform', () => {
  it('is paid on top of the gift as Mollie’s application fee, and is never the association’s', async () => {
    const gift = await given({ tip: euros(200) });
    expect(gift).toMatchObject({ amount: euros(5_000), tip: euros(200), total: euros(5_200) });
    await payAtSandbox(gift.checkoutUrl);
    const { receipt } = await untilReceipt(gift.statusUrl);
    expect(receipt).toBeDefined();

    expect(await payments(gift)).toMatchObject([{ amount: 5_200, fee: 200, state: 'paid' }]);
    const shown = await documentedCall(app, `/v1/donations/${gift.id}`, reader());
    expect(shown.json).toMatchObject({ amount: euros(5_000), tip: euros(200) });
    const [kept] = await books.rows<{ cents: number; snapshot: { gift: { amount: object } } }>(
      `SELECT amount_cents::int AS cents, snapshot FROM receipts WHERE donation_id = $1`,
      [innerId('donation', gift.id)],
    );
    expect([kept!.cents, kept!.snapshot.gift.amount]).toEqual([5_000, euros(5_000)]);
    expect(await readBook(app.database, association.associationId)).toMatchSnapshot();
  });

  it('stands on a line of its own on the donor’s page and in the thanks', async () => {
    const gift = await given({ tip: euros(350), amount: euros(2_000) });
    await payAtSandbox(gift.checkoutUrl);
    await untilPaid(gift.statusUrl);
    const token = gift.statusUrl.split('/').at(-1)!;
    const page = plainSpaces((await call(app, `/don/${token}`)).text.replace(/<[^>]+>/g, ' ')).replace(
      /\s+/g,
      ' ',
    );
    expect(page).toContain('Votre don de 20 € est bien arrivé');
    expect(page).toContain('Contribution à la plateforme 3,50 €');
    const mail = await eventually(async () =>
      (await books.mails(gift.id)).find(({ state }) => state === 'sent'),
    );
    const words = plainSpaces(mail.text);
    expect(words).toContain('Montant : 20 €');
    expect(words).toContain('Contribution à la plateforme (hors reçu fiscal) : 3,50 €');
  });

  it('does not count for the goal', async () => {
    const other = await givenForm(app, association, { platformTip: true, goalCents: 100_000 });
    const gift = (await give({ tip: euros(500) }, other)).json as MadeGift;
    await payAtSandbox(gift.checkoutUrl);
    await untilPaid(gift.statusUrl);
    expect(plainSpaces((await call(app, other.path)).text)).toContain('50 € réunis sur 1 000 €');
  });

  it('goes along when the donor tries again', async () => {
    const gift = await given({ tip: euros(100) });
    await payAtSandbox(gift.checkoutUrl, 'failed');
    await eventually(async () => (await payments(gift))[0]?.state === 'failed');
    const token = gift.statusUrl.split('/').at(-1)!;
    const again = await call(app, `/don/${token}/reessayer`, { method: 'POST', form: {} });
    await payAtSandbox(again.headers.get('location')!);
    await untilPaid(gift.statusUrl);
    expect(await payments(gift)).toMatchObject([
      { amount: 5_100, fee: 100, state: 'failed' },
      { amount: 5_100, fee: 100, state: 'paid' },
    ]);
  });

  it('of nothing is none', async () => {
    const gift = await given({ tip: euros(0) });
    expect(gift).toMatchObject({ tip: euros(0), total: euros(5_000) });
    expect(await payments(gift)).toMatchObject([{ amount: 5_000, fee: 0 }]);
  });

  it('is another intention: the same key with another contribution is refused', async () => {
    const headers = { 'idempotency-key': someSlug('key') };
    expect((await postGift(app, form, giftBody({ tip: euros(100) }), headers)).status).toBe(201);
    const other = await postGift(app, form, giftBody({ tip: euros(200) }), headers);
    expectProblem(other, 409, 'idempotency_key_reused');
  });

  it.each([
    ['above what we take for a slip of the keyboard', 50_000, 10_001, '/tip/cents', 'tip_too_large'],
    ['above what the provider passes on of so small a payment', 100, 9_900, '/tip/cents', 'tip_too_large'],
    ['below nothing', 5_000, -1, '/tip/cents', 'too_small'],
    ['of half a cent', 5_000, 10.5, '/tip/cents', 'wrong_type'],
  ])('%s is refused', async (_what, amount, tip, pointer, code) => {
    const problem = expectProblem(
      await give({ amount: euros(amount), tip: euros(tip) }),
      422,
      'validation_failed',
    );
    expect(problem.errors).toContainEqual({ pointer, code, detail: expect.any(String) });
  });

  it('is asked for only where the form offers it', async () => {
    const without = await givenForm(app, association);
    const problem = expectProblem(await give({ tip: euros(100) }, without), 422, 'validation_failed');
    expect(problem.errors).toMatchObject([{ pointer: '/tip', code: 'tip_not_offered' }]);
    const publicForm = (of: GivenForm) =>
      documentedCall(app, `/v1/associations/${association.slug}/forms/${of.slug}`).then(({ json }) => json);
    expect([await publicForm(without), await publicForm(form)]).toMatchObject([
      { offersTip: false },
      { offersTip: true },
    ]);
    expect((await call(app, without.path)).text).not.toContain('name="tip"');
  });

  it('with a plain API key is off everywhere, whatever the form says', async () => {
    const plain = await givenAssociation(app);
    const wishful = await givenForm(app, plain, { platformTip: true });
    const problem = expectProblem(await give({ tip: euros(100) }, wishful), 422, 'validation_failed');
    expect(problem.errors).toMatchObject([{ code: 'tip_not_offered' }]);
    const shown = await documentedCall(app, `/v1/associations/${plain.slug}/forms/${wishful.slug}`);
    expect(shown.json).toMatchObject({ offersTip: false });
    expect((await call(app, wishful.path)).text).not.toContain('name="tip"');
    expect((await give({}, wishful)).status).toBe(201);
  });

  it('on the gift page is never chosen beforehand', async () => {
    const { text } = await call(app, form.path);
    const radios = [...text.matchAll(/<input[^>]*name="tip"[^>]*>/g)].map(([tag]) => tag);
    expect(radios).toHaveLength(5);
    expect(radios.filter((tag) => / checked/.test(tag))).toEqual([expect.stringContaining('value="0"')]);
  });

  it('chosen on the page is charged; a page sent as it was is a gift alone', async () => {
    const fields = (tip: Record<string, string>) => ({
      requestKey: someSlug('page'),
      locale: 'fr',
      amount: '2000',
      otherAmount: '',
      firstName: 'Camille',
      lastName: 'Martin',
      email: 'camille.martin@example.org',
      ...tip,
    });
    const newest = async () => {
      const { json } = await call(app, '/v1/donations?limit=1', reader());
      const [gift] = (json as { data: Array<{ amount: { cents: number }; tip: { cents: number } }> }).data;
      return [gift!.amount.cents, gift!.tip.cents];
    };
    const send = async (tip: Record<string, string>) =>
      (await call(app, form.path, { method: 'POST', form: fields(tip) })).status;
    expect([await send({ tip: '0', otherTip: '' }), await newest()]).toEqual([303, [2_000, 0]]);
    expect([await send({ tip: '200', otherTip: '' }), await newest()]).toEqual([303, [2_000, 200]]);
    expect([await send({ tip: 'other', otherTip: '2,50' }), await newest()]).toEqual([303, [2_000, 250]]);
    expect(await send({ tip: '0', otherTip: '5' })).toBe(422);
  });
});

describe('after all this', () => {
  it('the checks of the books find nothing', async () => {
    await eventually(async () => (await books.jobs()).length === 0, 'no job is left');
    const results = await runChecks(app.get(UnitOfWork));
    expect(results.filter(({ count }) => count > 0)).toEqual([]);
  });
});
