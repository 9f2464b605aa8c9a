import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import {
  givenAssociation,
  givenDraft,
  givenForm,
  giftBody,
  giftDonor,
  postGift,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { expectProblem } from '../support/problems.js';

const address = giftDonor().address as Record<string, unknown>;
const euros = (cents: unknown) => giftBody({ amount: { cents, currency: 'EUR' } });
const donor = (overrides: Record<string, unknown>) => giftBody({ donor: giftDonor(overrides) });
const without = (object: Record<string, unknown>, field: string) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== field));
const livesAt = (overrides: Record<string, unknown>) => donor({ address: { ...address, ...overrides } });

let app: TestApp;
let association: GivenAssociation;
let form: GivenForm;
beforeAll(async () => {
  app = await startTestApp();
  association = await givenAssociation(app);
  form = await givenForm(app, association, { minimumCents: 500, maximumCents: 100_000 });
});
afterAll(() => app.close());

async function giftsOf({ keys }: GivenAssociation) {
  const { json } = await call(app, '/v1/donations?limit=100', { key: keys.reader });
  return (json as { data: Array<Record<string, never>> }).data;
}

describe('bad input of a gift is refused, each fault by its pointer and code', () => {
  const refused: Array<[rule: string, body: unknown, pointer: string, code: string]> = [
    ['amount 0', euros(0), '/amount/cents', 'below_minimum'],
    ['a negative amount', euros(-5_000), '/amount/cents', 'below_minimum'],
    ['a fraction of a cent', euros(5_000.5), '/amount/cents', 'wrong_type'],
    ['an amount as text', euros('5000'), '/amount/cents', 'wrong_type'],
    ['an amount that is null', euros(null), '/amount/cents', 'required'],
    ['less than the form’s minimum', euros(499), '/amount/cents', 'below_minimum'],
    ['more than the form’s maximum', euros(100_001), '/amount/cents', 'above_maximum'],
    ['an amount above the safe integers', euros(2 ** 53), '/amount/cents', 'too_large'],
    ['no amount', without(giftBody(), 'amount'), '/amount', 'required'],
    ['an amount that is a number', giftBody({ amount: 5_000 }), '/amount', 'wrong_type'],
    [
      'another currency',
      giftBody({ amount: { cents: 5_000, currency: 'USD' } }),
      '/amount/currency',
      'not_allowed',
    ],
    ['no currency', giftBody({ amount: { cents: 5_000 } }), '/amount/currency', 'required'],
    ['an unknown field', giftBody({ isAdmin: true }), '/isAdmin', 'unknown_field'],
    ['an unknown field of the donor', donor({ age: 42 }), '/donor/age', 'unknown_field'],
    [
      'an unknown field of the amount',
      giftBody({ amount: { cents: 5_000, currency: 'EUR', tip: 1 } }),
      '/amount/tip',
      'unknown_field',
    ],
    ['an unknown field of the address', livesAt({ floor: '3' }), '/donor/address/floor', 'unknown_field'],
    ['a field whose name needs escaping', giftBody({ 'a/b~c': 1 }), '/a~1b~0c', 'unknown_field'],
    ['another frequency', giftBody({ frequency: 'weekly' }), '/frequency', 'not_allowed'],
    ['one the form does not offer', giftBody({ frequency: 'yearly' }), '/frequency', 'frequency_not_offered'],
    ['no donor', without(giftBody(), 'donor'), '/donor', 'required'],
    ['another kind of donor', donor({ kind: 'company' }), '/donor/kind', 'not_allowed'],
    ['no first name', giftBody({ donor: without(giftDonor(), 'firstName') }), '/donor/firstName', 'required'],
    ['an empty last name', donor({ lastName: '' }), '/donor/lastName', 'required'],
    ['a name of spaces', donor({ lastName: ' \u00a0 ' }), '/donor/lastName', 'required'],
    ['a name that is a number', donor({ firstName: 7 }), '/donor/firstName', 'wrong_type'],
    ['a name with a line break', donor({ firstName: 'A\nBcc: x' }), '/donor/firstName', 'control_characters'],
    ['a name with a null character', donor({ lastName: 'A\u0000' }), '/donor/lastName', 'control_characters'],
    ['a name of 101 letters', donor({ lastName: 'é'.repeat(101) }), '/donor/lastName', 'too_long'],
    ['no mail address', giftBody({ donor: without(giftDonor(), 'email') }), '/donor/email', 'required'],
    ['a mail address without @', donor({ email: 'camille.example.org' }), '/donor/email', 'malformed_email'],
    ['two mail addresses', donor({ email: 'a@b.org,c@d.org' }), '/donor/email', 'malformed_email'],
    [
      'a mail address with a line break',
      donor({ email: 'a@b.org\nBcc: c@d.org' }),
      '/donor/email',
      'malformed_email',
    ],
    [
      'a mail address of 300 letters',
      donor({ email: `${'a'.repeat(290)}@b.org` }),
      '/donor/email',
      'too_long',
    ],
    ['no word on the receipt', without(giftBody(), 'wantsReceipt'), '/wantsReceipt', 'required'],
    ['a receipt wanted as text', giftBody({ wantsReceipt: 'yes' }), '/wantsReceipt', 'wrong_type'],
    [
      'a receipt without an address',
      giftBody({ donor: without(giftDonor(), 'address') }),
      '/donor/address',
      'address_required_for_receipt',
    ],
    ['an address without a street', livesAt({ line1: undefined }), '/donor/address/line1', 'required'],
    ['an address without a city', livesAt({ city: '' }), '/donor/address/city', 'required'],
    [
      'a French postal code of four digits',
      livesAt({ postalCode: '7501' }),
      '/donor/address/postalCode',
      'malformed_postal_code',
    ],
    [
      'a French postal code with letters',
      livesAt({ postalCode: '7501A' }),
      '/donor/address/postalCode',
      'malformed_postal_code',
    ],
    ['a country by its name', livesAt({ country: 'France' }), '/donor/address/country', 'unknown_country'],
    ['a country that is none', livesAt({ country: 'XX' }), '/donor/address/country', 'unknown_country'],
    ['a language that we do not write', giftBody({ locale: 'de' }), '/locale', 'not_allowed'],
    ['a message with a null character', giftBody({ message: 'a\u0000b' }), '/message', 'malformed_text'],
    ['half a letter of UTF-16', donor({ firstName: 'Ana\ud83c' }), '/donor/firstName', 'malformed_text'],
    ['a message of 1001 letters', giftBody({ message: 'a'.repeat(1_001) }), '/message', 'too_long'],
    ['a body that is a list', [giftBody()], '', 'wrong_type'],
    ['a body that is null', null, '', 'required'],
  ];

  it.each(refused)('%s', async (_rule, body, pointer, code) => {
    const problem = expectProblem(await postGift(app, form, body), 422, 'validation_failed');
    expect(problem.errors).toContainEqual({ pointer, code, detail: expect.any(String) });
  });

  it('several faults are all told at once', async () => {
    const body = giftBody({
      amount: { cents: 'x', currency: 'USD' },
      donor: giftDonor({ email: 'x' }),
      foo: 1,
    });
    const problem = expectProblem(await postGift(app, form, body), 422, 'validation_failed');
    expect(problem.errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '/amount/cents',
      '/amount/currency',
      '/donor/email',
      '/foo',
    ]);
  });

  it('nothing of all this was written down, and no payment was asked for', async () => {
    expect(await giftsOf(association)).toEqual([]);
    const payments = (await (await fetch(`${app.sandbox.controlUrl}/payments`)).json()) as { total: number };
    expect(payments.total).toBe(0);
  });

  it('an amount that a form does not offer, where it takes its suggestions only', async () => {
    const closed = await givenForm(app, association, { allowsFreeAmount: false });
    const problem = expectProblem(await postGift(app, closed, euros(3_000)), 422, 'validation_failed');
    expect(problem.errors).toMatchObject([{ pointer: '/amount/cents', code: 'amount_not_offered' }]);
  });

  it('what a form requires of every donor', async () => {
    const asking = await givenForm(app, association, { requiredDonorFields: ['address', 'message'] });
    const body = giftBody({ wantsReceipt: false, donor: without(giftDonor(), 'address') });
    const problem = expectProblem(await postGift(app, asking, body), 422, 'validation_failed');
    expect(problem.errors).toMatchObject([
      { pointer: '/donor/address', code: 'required' },
      { pointer: '/message', code: 'required' },
    ]);
  });
});

describe('real people are taken as they name themselves', () => {
  const people: Array<[string, string, string]> = [
    ['names of one letter', 'O', 'Ö'],
    ['an apostrophe', 'Maëlys', 'O’Brien'],
    ['a typewriter’s apostrophe', "N'Golo", "D'Alembert"],
    ['hyphens and spaces', 'Anne-Marie Jeanne', 'de La Tour-d’Auvergne'],
    ['emoji', '🌻', 'Soleil 👩🏽‍🌾'],
    ['Cyrillic', 'Юлия', 'Щербакова'],
    ['Arabic', 'ليلى', 'بن علي'],
    ['Chinese', '小明', '王'],
    ['letters made of a base and an accent', 'Zoe\u0308', 'Nguye\u0302\u0303n'],
    ['digits and dots', 'J.-B.', 'Dupont 2'],
    ['what looks like markup', '<b>Bob</b>', '&amp; "fils"'],
    ['what looks like SQL', "Robert'); DROP TABLE donors;--", 'null'],
    ['a formula of a spreadsheet', '=1+1', '@SUM(A1)'],
  ];

  it.each(people)('%s come out unchanged', async (_rule, firstName, lastName) => {
    const answer = await postGift(app, form, donor({ firstName, lastName }));
    expect(answer.status).toBe(201);
    const { id } = answer.json as { id: string };
    const shown = await call(app, `/v1/donations/${id}`, { key: association.keys.reader });
    expect(shown.json).toMatchObject({ donor: { firstName, lastName } });
    const listed = (await giftsOf(association)).find((gift) => gift.id === id);
    expect(listed).toMatchObject({ donor: { firstName, lastName } });
  });

  it('spaces around a name are not part of it', async () => {
    const { json } = await postGift(
      app,
      form,
      donor({ firstName: '  Camille ', lastName: '\tMartin\u00a0' }),
    );
    const shown = await call(app, `/v1/donations/${(json as { id: string }).id}`, {
      key: association.keys.reader,
    });
    expect(shown.json).toMatchObject({ donor: { firstName: 'Camille', lastName: 'Martin' } });
  });

  it('postal codes of other countries are theirs', async () => {
    for (const [country, postalCode] of [
      ['BE', '1000'],
      ['GB', 'SW1A 1AA'],
      ['CH', '1204'],
    ]) {
      expect((await postGift(app, form, livesAt({ country, postalCode }))).status).toBe(201);
    }
  });

  it('a donor without a receipt need not say where they live', async () => {
    const body = giftBody({ wantsReceipt: false, donor: without(giftDonor(), 'address') });
    expect((await postGift(app, form, body)).status).toBe(201);
  });
});

describe('where a visitor may give', () => {
  const to = (slug: string, formSlug: string) => ({
    donationsPath: `/v1/associations/${slug}/forms/${formSlug}/donations`,
  });

  it('not through a draft', async () => {
    const draft = await givenDraft(app, association);
    expectProblem(await postGift(app, draft), 404, 'form_not_found');
  });

  it.each(['unpublish', 'archive'])('no longer after %s', async (move) => {
    const once = await givenForm(app, association);
    expect((await postGift(app, once)).status).toBe(201);
    const moved = await call(app, `/v1/forms/${once.id}/${move}`, {
      method: 'POST',
      key: association.keys.treasurer,
    });
    expect(moved.status).toBe(200);
    expectProblem(await postGift(app, once), 404, 'form_not_found');
    expectProblem(await call(app, once.donationsPath.replace(/\/donations$/, '')), 404, 'form_not_found');
    expect((await call(app, once.path, { headers: { accept: 'text/html' } })).status).toBe(404);
  });

  it('not through a form that never was', async () => {
    expectProblem(await postGift(app, to(association.slug, 'nulle-part')), 404, 'form_not_found');
  });

  it.each(['inconnue', 'v1', 'don', 'assets', 'a', 'LES-LILAS', '%F0%9F%8C%BB', 'x'.repeat(150)])(
    'not to an association that never was: %s',
    async (slug) => {
      expectProblem(await postGift(app, to(slug, form.slug)), 404, 'association_not_found');
      expectProblem(await postGift(app, to(association.slug, slug)), 404, 'form_not_found');
    },
  );

  it.each([
    ['%FF', 400, 'bad_request'],
    ['%00', 404, 'route_not_found'],
    ['%2e%2e', 404, 'route_not_found'],
    ['x'.repeat(300), 414, 'address_too_long'],
  ])('an address that is none is told so: %s', async (slug, status, code) => {
    expectProblem(await postGift(app, to(slug, form.slug)), status, code);
    const browser = await call(app, `/${association.slug}/${slug}`, { headers: { accept: 'text/html' } });
    expect(browser.status).toBe(slug === '%2e%2e' ? 200 : status);
    expect(browser.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('not through a form of another association', async () => {
    const other = await givenAssociation(app);
    expectProblem(await postGift(app, to(other.slug, form.slug)), 404, 'form_not_found');
  });
});
