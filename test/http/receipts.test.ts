import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { newScopedToken } from '../../src/kernel/scoped-token.js';
import { startTestApp, type TestApp } from '../support/app.js';
import {
  givenAssociation,
  givenForm,
  givenGift,
  giftBody,
  giftDonor,
  payAtSandbox,
  readStatus,
  untilPaid,
  untilReceipt,
  type GivenAssociation,
  type GivenForm,
  type MadeGift,
  type SandboxOutcome,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { documentedCall } from '../support/openapi.js';
import { expectProblem } from '../support/problems.js';

let app: TestApp;
let association: GivenAssociation;
let form: GivenForm;
let gift: MadeGift;
let receiptId: string;
beforeAll(async () => {
  app = await startTestApp();
  association = await givenAssociation(app);
  form = await givenForm(app, association);
  gift = await givenGift(app, form);
  await payAtSandbox(gift.checkoutUrl);
  await untilReceipt(gift.statusUrl);
  const { data } = (await read('/v1/receipts')).json as { data: Array<{ id: string }> };
  receiptId = data[0]!.id;
});
afterAll(() => app.close());

const read = (path: string, headers: Record<string, string> = {}) =>
  documentedCall(app, path, { key: association.keys.reader, headers });
const year = new Date().getFullYear();

async function bytesOf(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

describe('a gift', () => {
  it('is answered as documented, with addresses to go to', async () => {
    const answer = await documentedCall(app, form.donationsPath, { method: 'POST', json: giftBody() });
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({
      id: expect.stringMatching(/^don_[0-9a-v]{26}$/),
      status: 'pending',
      amount: { cents: 5_000, currency: 'EUR' },
      tip: { cents: 0, currency: 'EUR' },
      total: { cents: 5_000, currency: 'EUR' },
      checkoutUrl: expect.stringMatching(/^http:\/\/localhost:\d+\/checkout\/tr_/),
      statusUrl: expect.stringMatching(new RegExp(`^${app.url}/v1/donation-status/[\\w-]{54}$`)),
    });
  });
});

describe('a paid gift', () => {
  it('tells its state to whoever holds its address, and to no cache', async () => {
    const answer = await documentedCall(app, gift.statusUrl.replace(app.url, ''));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.json).toEqual({
      id: gift.id,
      status: 'paid',
      receipt: {
        number: `${year}-000001`,
        downloadUrl: expect.stringMatching(/\/don\/[\w-]{54}\/recu\.pdf$/),
      },
    });
  });

  it('is listed with what was given and when it was paid', async () => {
    expect((await read(`/v1/donations/${gift.id}`)).json).toMatchObject({
      id: gift.id,
      status: 'paid',
      amount: { cents: 5_000, currency: 'EUR' },
      amountRefunded: { cents: 0, currency: 'EUR' },
      amountChargedBack: { cents: 0, currency: 'EUR' },
      formId: form.id,
      donor: giftDonor(),
      paidAt: expect.any(String),
    });
  });

  it('has one receipt, by list and by id', async () => {
    const one = await read(`/v1/receipts/${receiptId}`);
    expect(one.json).toMatchObject({
      id: receiptId,
      donationId: gift.id,
      number: `${year}-000001`,
      amount: { cents: 5_000, currency: 'EUR' },
      donor: { lastName: 'Martin', firstNames: 'Camille' },
      isSpecimen: true,
      pdf: { url: `${app.url}/v1/receipts/${receiptId}/pdf` },
    });
    expect((await read(`/v1/receipts?year=${year}`)).json).toMatchObject({ data: [one.json] });
    expect((await read(`/v1/receipts?year=${year - 1}`)).json).toMatchObject({ data: [] });
  });

  it('gives the treasurer and the donor the very same PDF, whose hash is its ETag', async () => {
    const authorization = `Bearer ${association.keys.reader}`;
    const forTreasurer = await bytesOf(`${app.url}/v1/receipts/${receiptId}/pdf`, { authorization });
    const { receipt } = await readStatus(gift.statusUrl);
    const forDonor = await bytesOf(receipt!.downloadUrl);
    expect(forTreasurer.bytes.equals(forDonor.bytes)).toBe(true);
    const sha256 = createHash('sha256').update(forDonor.bytes).digest('hex');
    for (const { response, bytes } of [forTreasurer, forDonor]) {
      expect(response.headers.get('content-type')).toBe('application/pdf');
      expect(response.headers.get('etag')).toBe(`"${sha256}"`);
      expect(response.headers.get('cache-control')).toBe('private, no-cache');
      expect(response.headers.get('content-disposition')).toMatch(/filename="[\w.-]+\.pdf"/);
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  it('is not sent again to who has it', async () => {
    const { receipt } = await readStatus(gift.statusUrl);
    const etag = (await bytesOf(receipt!.downloadUrl)).response.headers.get('etag')!;
    const known = await bytesOf(receipt!.downloadUrl, { 'if-none-match': `"other", ${etag}` });
    expect([known.response.status, known.bytes.length]).toEqual([304, 0]);
    const stale = await bytesOf(receipt!.downloadUrl, { 'if-none-match': '"other"' });
    expect(stale.response.status).toBe(200);
  });
});

describe('a gift that has no receipt says null, and there is no PDF', () => {
  const pdf = ({ statusUrl }: MadeGift) => call(app, `/don/${statusUrl.split('/').at(-1)}/recu.pdf`);

  it('as long as it is not paid', async () => {
    const pending = await givenGift(app, form);
    expect(await readStatus(pending.statusUrl)).toEqual({ id: pending.id, status: 'pending', receipt: null });
    expectProblem(await pdf(pending), 404, 'receipt_not_found');
  });

  it('when none was wanted', async () => {
    const without = await givenGift(app, form, { wantsReceipt: false });
    await payAtSandbox(without.checkoutUrl);
    expect(await untilPaid(without.statusUrl)).toMatchObject({ receipt: null });
    expectProblem(await pdf(without), 404, 'receipt_not_found');
  });

  it('when the association may issue none', async () => {
    const other = await givenAssociation(app, { fiscalRegime: { regime: 'none', from: null } });
    const made = await givenGift(app, await givenForm(app, other));
    await payAtSandbox(made.checkoutUrl);
    expect(await untilPaid(made.statusUrl)).toMatchObject({ receipt: null });
    expectProblem(await pdf(made), 404, 'receipt_not_found');
  });

  it.each<SandboxOutcome>(['failed', 'canceled', 'expired'])('when the payment is %s', async (outcome) => {
    const made = await givenGift(app, form);
    await payAtSandbox(made.checkoutUrl, outcome);
    // The donor comes back before the webhook does: the page asks the provider itself.
    const page = await call(app, `/don/${made.statusUrl.split('/').at(-1)}`);
    expect(page.status).toBe(200);
    expect(await readStatus(made.statusUrl)).toEqual({ id: made.id, status: outcome, receipt: null });
  });
});

describe('a token that opens nothing', () => {
  it.each(['', '/etat', '/recu.pdf'])('/don/:token%s', async (rest) => {
    for (const token of [
      'x',
      newScopedToken(newId()),
      newScopedToken(association.associationId),
      'A'.repeat(54),
    ]) {
      expectProblem(await call(app, `/don/${token}${rest}`), 404, 'donation_not_found');
      expectProblem(await call(app, `/v1/donation-status/${token}`), 404, 'donation_not_found');
    }
  });

  it('a donation’s id is no token', async () => {
    expectProblem(await call(app, `/v1/donation-status/${gift.id}`), 404, 'donation_not_found');
  });
});
