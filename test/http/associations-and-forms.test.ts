import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import { givenAssociation, givenForm, someSlug, type GivenAssociation } from '../support/factories.js';
import { call } from '../support/http-client.js';
import { someJpeg, somePng } from '../support/images.js';
import { documentedCall } from '../support/openapi.js';
import { expectProblem } from '../support/problems.js';

let app: TestApp;
let association: GivenAssociation;
beforeAll(async () => {
  app = await startTestApp();
  association = await givenAssociation(app);
});
afterAll(() => app.close());

const key = () => association.keys.treasurer;
const show = () => documentedCall(app, '/v1/association', { key: key() });
const change = (json: unknown) =>
  documentedCall(app, '/v1/association', { method: 'PATCH', key: key(), json });
const address = { line1: '3 quai de Valmy', postalCode: '75010', city: 'Paris', country: 'FR' };

describe('the association', () => {
  it('tells what it is, and whether it may issue receipts', async () => {
    expect((await show()).json).toMatchObject({
      slug: association.slug,
      registration: { type: 'rna', number: 'W751234567' },
      receiptNumbering: { prefix: '', year: 'full', separator: '-', digits: 6 },
      hasSignatureImage: false,
      receipts: { eligible: true, faults: [] },
    });
  });

  it('changes what is sent and nothing else', async () => {
    const before = (await show()).json as Record<string, unknown>;
    const after = (await change({ purpose: 'Soigner les berges.' })).json as Record<string, unknown>;
    expect({ ...after, updatedAt: 0 }).toEqual({ ...before, purpose: 'Soigner les berges.', updatedAt: 0 });
    expect((await show()).json).toEqual(after);
  });

  it('keeps its purpose as one paragraph, however it was copied from the statutes', async () => {
    const changed = await change({ purpose: ' Soigner\n  les berges,\r\n\tet les montrer. ' });
    expect(changed.json).toMatchObject({ purpose: 'Soigner les berges, et les montrer.' });
  });

  it('null clears a signatory, and without one there are no receipts', async () => {
    const cleared = await change({ signatory: null });
    expect(cleared.json).toMatchObject({
      signatory: null,
      receipts: { eligible: false, faults: ['signatory_missing'] },
    });
    await change({ signatory: { name: 'Nadia Benali', role: 'Présidente' } });
  });

  it('takes the facts that its legal category asks for, and no other', async () => {
    const details = { decreeOn: '2020-02-28', officialJournalOn: '2020-03-01' };
    const changed = await change({ legalCategory: { code: 'public_utility', details } });
    expect(changed.json).toMatchObject({ legalCategory: { code: 'public_utility', details } });
    const other = await change({ legalCategory: { code: 'endowment_fund', details } });
    expect(expectProblem(other, 422, 'validation_failed').errors).toMatchObject([
      { pointer: '/legalCategory/details/decreeOn', code: 'not_applicable' },
      { pointer: '/legalCategory/details/officialJournalOn', code: 'not_applicable' },
    ]);
    await change({ legalCategory: { code: 'general_interest.association_1901' } });
  });

  it.each([
    ['an RNA number in small letters with spaces', { type: 'rna', number: 'w75 123 4567' }, 'W751234567'],
    ['a SIREN as it is printed', { type: 'siren', number: '732 829 320' }, '732829320'],
    [
      'the register of a court of Alsace-Moselle',
      { type: 'alsace_moselle', number: 'volume 91,  folio 12', court: 'Tribunal de Colmar' },
      'volume 91, folio 12',
    ],
  ])('takes %s', async (_what, registration, number) => {
    expect((await change({ registration })).json).toMatchObject({ registration: { number } });
  });

  it.each([
    [
      'an RNA number that is too short',
      { registration: { type: 'rna', number: 'W75' } },
      '/registration/number',
      'rna_malformed',
    ],
    [
      'a SIREN with a typing error',
      { registration: { type: 'siren', number: '732829321' } },
      '/registration/number',
      'siren_key_wrong',
    ],
    [
      'a register without its court',
      { registration: { type: 'alsace_moselle', number: '1' } },
      '/registration/court',
      'required',
    ],
    [
      'an unknown kind of number',
      { registration: { type: 'vat', number: '1' } },
      '/registration/type',
      'not_allowed',
    ],
    ['an address without a city', { address: { ...address, city: '' } }, '/address/city', 'required'],
    ['a category of no form', { legalCategory: { code: 'club' } }, '/legalCategory/code', 'not_allowed'],
    [
      'public utility without its decree',
      { legalCategory: { code: 'public_utility' } },
      '/legalCategory/details/decreeOn',
      'required',
    ],
    [
      'a day that is none',
      {
        legalCategory: {
          code: 'public_utility',
          details: { decreeOn: '2020-02-30', officialJournalOn: '2020-03-01' },
        },
      },
      '/legalCategory/details/decreeOn',
      'date_malformed',
    ],
    [
      'a regime without its first day',
      { fiscalRegime: { regime: 'general', from: null } },
      '/fiscalRegime/from',
      'required',
    ],
    [
      'a regime from a day that is none',
      { fiscalRegime: { regime: 'general', from: '2020-13-01' } },
      '/fiscalRegime/from',
      'malformed_date',
    ],
    ['a slug with a capital letter', { slug: 'Lilas' }, '/slug', 'malformed_value'],
    ['a slug of one letter', { slug: 'l' }, '/slug', 'too_short'],
    ['a slug that is the site’s own', { slug: 'connexion' }, '/slug', 'slug_reserved'],
    [
      'receipt numbers of two digits',
      { receiptNumbering: { prefix: '', year: 'full', separator: '-', digits: 2 } },
      '/receiptNumbering/digits',
      'too_small',
    ],
    [
      'receipt numbers without a year',
      { receiptNumbering: { prefix: '', separator: '-', digits: 6 } },
      '/receiptNumbering/year',
      'required',
    ],
    ['a signatory without a role', { signatory: { name: 'Nadia' } }, '/signatory/role', 'required'],
    ['a mail address that is none', { contactEmail: 'nadia' }, '/contactEmail', 'malformed_email'],
    ['a name of two lines', { name: 'Les Lilas\nBcc: x@example.org' }, '/name', 'control_characters'],
    [
      'a French postal code of four digits',
      { address: { ...address, postalCode: '7501' } },
      '/address/postalCode',
      'malformed_postal_code',
    ],
    ['a name with a null character', { name: 'A\u0000B' }, '/name', 'control_characters'],
    ['an unknown field', { receipts: { eligible: true } }, '/receipts', 'unknown_field'],
    ['an id', { id: 'asso_1' }, '/id', 'unknown_field'],
  ])('refuses %s', async (_what, json, pointer, code) => {
    const problem = expectProblem(await change(json), 422, 'validation_failed');
    expect(problem.errors).toContainEqual({ pointer, code, detail: expect.any(String) });
  });

  it('keeps its earlier address: links on posters stay good', async () => {
    const own = await givenAssociation(app);
    const form = await givenForm(app, own);
    const slug = someSlug('nouveau');
    const renamed = await documentedCall(app, '/v1/association', {
      method: 'PATCH',
      key: own.keys.owner,
      json: { slug },
    });
    expect(renamed.json).toMatchObject({ slug });
    expect((await call(app, form.path)).status).toBe(200);
    expect((await call(app, `/${slug}/${form.slug}`)).status).toBe(200);
    const taken = await documentedCall(app, '/v1/association', {
      method: 'PATCH',
      key: association.keys.owner,
      json: { slug: own.slug },
    });
    expectProblem(taken, 409, 'slug_taken');
  });
});

describe('the image of a signature', () => {
  const put = (body: Buffer<ArrayBuffer>, type = 'image/png') =>
    documentedCall(app, '/v1/association/signature', {
      method: 'PUT',
      key: key(),
      body,
      headers: { 'content-type': type },
    });
  const get = () => call(app, '/v1/association/signature', { key: key() });
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>',
  );
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

  it('is a PNG or a JPEG, whatever its header says', async () => {
    expect((await put(somePng(), 'image/jpeg')).status).toBe(204);
    expect((await get()).headers.get('content-type')).toBe('image/png');
    expect((await put(someJpeg())).status).toBe(204);
    expect((await get()).headers.get('content-type')).toBe('image/jpeg');
    expect((await show()).json).toMatchObject({ hasSignatureImage: true });
  });

  it.each([
    ['text', Buffer.from('this is no image')],
    ['nothing', Buffer.alloc(0)],
    ['an SVG, which may carry a script', svg],
    ['a GIF', gif],
    ['a PDF', Buffer.from('%PDF-1.7\n')],
    ['the first bytes of a PNG', somePng().subarray(0, 12)],
    ['a PNG that lies about its beginning', Buffer.concat([Buffer.from('x'), somePng()])],
    ['a JPEG without a frame', Buffer.from('ffd8ffd9', 'hex')],
  ])('%s is refused, and the one before stays', async (_what, bytes) => {
    await put(somePng(20, 10));
    const before = (await get()).headers.get('etag');
    for (const type of ['image/png', 'image/jpeg', 'application/octet-stream']) {
      expectProblem(await put(bytes, type), 422, 'signature_not_an_image');
    }
    expect((await get()).headers.get('etag')).toBe(before);
  });

  it('of more than 512 KiB is refused', async () => {
    const big = Buffer.concat([somePng(), Buffer.alloc(512 * 1024)]);
    expectProblem(await put(big), 413, 'file_too_large');
    const huge = Buffer.concat([somePng(), Buffer.alloc(700 * 1024)]);
    expectProblem(await put(huge), 413, 'body_too_large');
  });

  it('with sides that would fill the memory is refused by its header', async () => {
    const bomb = somePng(10, 10);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expectProblem(await put(bomb), 422, 'signature_dimensions');
  });

  it('as SVG or JSON by its type is refused', async () => {
    expectProblem(await put(svg, 'image/svg+xml'), 415, 'unsupported_media_type');
    const answer = await documentedCall(app, '/v1/association/signature', {
      method: 'PUT',
      key: key(),
      json: {},
    });
    expectProblem(answer, 422, 'signature_not_an_image');
  });

  it('can be taken away', async () => {
    await put(somePng());
    const remove = () => documentedCall(app, '/v1/association/signature', { method: 'DELETE', key: key() });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(204);
    expectProblem(await get(), 404, 'signature_not_found');
  });
});

describe('forms', () => {
  const euros = (cents: number) => ({ cents, currency: 'EUR' });
  const post = (json: unknown) => documentedCall(app, '/v1/forms', { method: 'POST', key: key(), json });
  const patch = (id: string, json: unknown) =>
    documentedCall(app, `/v1/forms/${id}`, { method: 'PATCH', key: key(), json });
  const move = (id: string, to: string) =>
    documentedCall(app, `/v1/forms/${id}/${to}`, { method: 'POST', key: key() });
  const valid = () => ({ slug: someSlug('hiver'), title: 'Hiver solidaire' });
  async function created(overrides: Record<string, unknown> = {}): Promise<{ id: string; slug: string }> {
    const answer = await post({ ...valid(), ...overrides });
    expect(answer.status).toBe(201);
    return answer.json as { id: string; slug: string };
  }

  it('live from draft to archive', async () => {
    const { id, slug } = await created({
      suggestedAmounts: [{ amount: euros(2_000), label: 'un kit' }],
      goal: euros(100_000),
    });
    const publicPath = `/v1/associations/${association.slug}/forms/${slug}`;
    expectProblem(await documentedCall(app, publicPath), 404, 'form_not_found');
    expect((await move(id, 'publish')).json).toMatchObject({ status: 'published' });
    expect((await move(id, 'publish')).json).toMatchObject({ status: 'published' });
    const shown = await documentedCall(app, publicPath);
    expect(shown.json).toMatchObject({ slug, suggestedAmounts: [{ amount: euros(2_000), label: 'un kit' }] });
    expect(shown.text).not.toMatch(/thankYouText|form_|status/);
    expect((await move(id, 'unpublish')).json).toMatchObject({ status: 'draft' });
    expect((await move(id, 'archive')).json).toMatchObject({ status: 'archived' });
    expectProblem(await move(id, 'publish'), 409, 'form_transition_refused');
    expect((await documentedCall(app, `/v1/forms/${id}`, { key: key() })).json).toMatchObject({
      status: 'archived',
    });
  });

  it('change what is sent; null clears a goal', async () => {
    const { id } = await created({ goal: euros(50_000), colour: '#AABBCC' });
    const changed = await patch(id, { goal: null });
    expect(changed.json).toMatchObject({ goal: null, colour: '#aabbcc', title: 'Hiver solidaire' });
    expect((await patch(id, {})).json).toEqual(changed.json);
  });

  it.each([
    ['no title', { title: undefined }, '/title', 'required'],
    ['a title of spaces', { title: '   ' }, '/title', 'required'],
    ['a reserved slug', { slug: 'donnees-personnelles' }, '/slug', 'slug_reserved'],
    ['a slug with an accent', { slug: 'été' }, '/slug', 'malformed_value'],
    ['a minimum below one euro', { minimum: euros(99) }, '/minimum/cents', 'too_small'],
    ['a maximum above what cards take', { maximum: euros(1_000_001) }, '/maximum/cents', 'too_large'],
    [
      'a maximum below the minimum',
      { minimum: euros(5_000), maximum: euros(4_000) },
      '/maximum/cents',
      'below_minimum',
    ],
    [
      'a suggestion outside the bounds',
      { minimum: euros(1_000), suggestedAmounts: [{ amount: euros(500) }] },
      '/suggestedAmounts/0/amount/cents',
      'outside_bounds',
    ],
    [
      'the same suggestion twice',
      { suggestedAmounts: [{ amount: euros(500) }, { amount: euros(500) }] },
      '/suggestedAmounts/1/amount/cents',
      'duplicate',
    ],
    [
      'a suggestion of half a cent',
      { suggestedAmounts: [{ amount: euros(500.5) }] },
      '/suggestedAmounts/0/amount/cents',
      'wrong_type',
    ],
    [
      'nine suggestions',
      { suggestedAmounts: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ amount: euros(n * 100) })) },
      '/suggestedAmounts',
      'too_long',
    ],
    [
      'an unknown field of a suggestion',
      { suggestedAmounts: [{ amount: euros(500), text: 'x' }] },
      '/suggestedAmounts/0/text',
      'unknown_field',
    ],
    [
      'a field that donors do not have',
      { requiredDonorFields: ['phone'] },
      '/requiredDonorFields/0',
      'not_allowed',
    ],
    ['a title of two lines', { title: 'Hiver\nsolidaire' }, '/title', 'control_characters'],
    ['a colour by its name', { colour: 'green' }, '/colour', 'malformed_value'],
    ['a goal of nothing', { goal: euros(0) }, '/goal/cents', 'too_small'],
    ['a null character in its words', { description: 'a\u0000' }, '/description', 'malformed_text'],
    [
      'a null character deep inside',
      { suggestedAmounts: [{ amount: euros(500), label: 'a\u0000' }] },
      '/suggestedAmounts/0/label',
      'control_characters',
    ],
  ])('are refused with %s', async (_what, overrides, pointer, code) => {
    const problem = expectProblem(await post({ ...valid(), ...overrides }), 422, 'validation_failed');
    expect(problem.errors).toContainEqual({ pointer, code, detail: expect.any(String) });
  });

  it('have addresses of their own within an association', async () => {
    const { slug } = await created();
    expectProblem(await post({ ...valid(), slug }), 409, 'form_slug_taken');
    const other = await created();
    expectProblem(await patch(other.id, { slug }), 409, 'form_slug_taken');
  });

  it('that offer nothing are not published, and a published one keeps offering something', async () => {
    const { id } = await created({ allowsFreeAmount: false });
    expectProblem(await move(id, 'publish'), 409, 'form_not_ready');
    await patch(id, { suggestedAmounts: [{ amount: euros(500) }] });
    expect((await move(id, 'publish')).status).toBe(200);
    expectProblem(await patch(id, { suggestedAmounts: [] }), 409, 'form_not_ready');
  });

  it('keep the address they were published under, for the links that are out there', async () => {
    const { id, slug } = await created();
    const renamed = someSlug('renomme');
    expect((await patch(id, { slug: renamed })).json).toMatchObject({ slug: renamed });
    await move(id, 'publish');
    expectProblem(await patch(id, { slug }), 409, 'slug_fixed_once_published');
    expect((await patch(id, { slug: renamed, title: 'Autre titre' })).status).toBe(200);
    await move(id, 'unpublish');
    expectProblem(await patch(id, { slug }), 409, 'slug_fixed_once_published');
  });

  it('stay as they were once archived', async () => {
    const { id } = await created();
    await move(id, 'archive');
    expectProblem(await patch(id, { title: 'Trop tard' }), 409, 'form_archived');
    const logo = { method: 'PUT', key: key(), body: somePng(8, 8), headers: { 'content-type': 'image/png' } };
    expectProblem(await documentedCall(app, `/v1/forms/${id}/logo`, logo), 409, 'form_archived');
  });

  it('told what they are already are not changed, and the journal has nothing to tell', async () => {
    const { id } = await created({ goal: euros(50_000), suggestedAmounts: [{ amount: euros(2_000) }] });
    const form = (await documentedCall(app, `/v1/forms/${id}`, { key: key() })).json;
    const same = {
      goal: euros(50_000),
      suggestedAmounts: [{ amount: euros(2_000) }],
      title: 'Hiver solidaire',
    };
    expect((await patch(id, same)).json).toEqual(form);
    const books = new Books(app);
    expect(await books.count(`journal_entries WHERE subject = $1 AND action = 'form.changed'`, [id])).toBe(0);
    await books.close();
  });

  it('carry a logo, which visitors see once the form is published', async () => {
    const { id, slug } = await created();
    const logo = `/v1/forms/${id}/logo`;
    const put = () =>
      documentedCall(app, logo, {
        method: 'PUT',
        key: key(),
        body: somePng(64, 64),
        headers: { 'content-type': 'image/png' },
      });
    expectProblem(await documentedCall(app, logo, { key: key() }), 404, 'logo_not_found');
    expect((await put()).status).toBe(204);
    expect((await documentedCall(app, `/v1/forms/${id}`, { key: key() })).json).toMatchObject({
      hasLogo: true,
    });
    const page = `/${association.slug}/${slug}/logo`;
    expectProblem(await call(app, page), 404, 'form_not_found');
    await move(id, 'publish');
    const served = await call(app, page);
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/png']);
    const etag = served.headers.get('etag')!;
    expect((await call(app, page, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await documentedCall(app, logo, { method: 'DELETE', key: key() })).status).toBe(204);
    expectProblem(await call(app, page), 404, 'logo_not_found');
  });
});
