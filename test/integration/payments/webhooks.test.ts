import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newScopedToken } from '../../../src/kernel/scoped-token.js';
import { newId } from '../../../src/kernel/ids.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books, type KeptPayment } from '../../support/books.js';
import {
  disturbSandbox,
  eventually,
  giftBody,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  postGift,
  readStatus,
  untilPaid,
  type GivenAssociation,
  type GivenForm,
  type MadeGift,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { SandboxControl } from '../../support/sandbox-control.js';

let app: TestApp;
let books: Books;
let sandbox: SandboxControl;
let association: GivenAssociation;
let form: GivenForm;

beforeAll(async () => {
  app = await startTestApp({ mollieTimeoutMs: 2_000 });
  books = new Books(app);
  sandbox = new SandboxControl(app);
  association = await givenAssociation(app);
  form = await givenForm(app, association);
});
afterEach(() => disturbSandbox(app, {}));
afterAll(async () => {
  await books.close();
  await app.close();
});

const post = (token: string, id: string) =>
  call(app, `/webhooks/mollie/${token}`, { method: 'POST', form: { id } });
const payment = async (gift: MadeGift): Promise<KeptPayment> => (await books.payments(gift.id))[0]!;
const quiet = () => eventually(async () => (await books.jobs()).length === 0, 'no job is left');
const mismatches = (paymentId: string) =>
  books.rows<{ claimed: string; faults: string[] }>(
    'SELECT claimed_provider_id AS claimed, faults FROM payment_mismatches WHERE payment_id = $1 ORDER BY id',
    [paymentId],
  );

describe('a webhook that nobody asked for', () => {
  it.each([
    ['no token at all', () => 'nonsense'],
    ['a token of an unknown association', () => newScopedToken(newId())],
    ['an unknown token of a known association', () => newScopedToken(association.associationId)],
  ])('with %s gets the same 200, and nothing is stored', async (_name, token) => {
    const before = [await books.count('provider_events'), await books.count('outbox')];
    expect(await post(token(), 'tr_forged')).toMatchObject({ status: 200, text: '' });
    expect([await books.count('provider_events'), await books.count('outbox')]).toEqual(before);
  });

  it.each([
    ['nothing', ''],
    ['no id', 'x=1'],
    ['a text that is no id', 'id=<script>'],
    ['two ids', 'id=tr_a&id=tr_b'],
  ])('whose body holds %s is only a hint: the payment is looked at all the same', async (_name, body) => {
    const gift = await givenGift(app, form);
    await disturbSandbox(app, { webhooks: { lose: 1 } });
    await payAtSandbox(gift.checkoutUrl);
    const { token } = await payment(gift);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await call(app, `/webhooks/mollie/${token}`, { method: 'POST', body, headers });
    expect(answer.status).toBe(200);
    await untilPaid(gift.statusUrl);
    expect(await mismatches((await payment(gift)).id)).toEqual([]);
  });
});

describe('a webhook that claims another payment', () => {
  it('of another gift, paid: this gift is not moved, and the mismatch is kept', async () => {
    const [mine, other] = [await givenGift(app, form), await givenGift(app, form)];
    await payAtSandbox(other.checkoutUrl);
    await untilPaid(other.statusUrl);
    const claimed = (await payment(other)).providerId!;
    const { token, id } = await payment(mine);
    await post(token, claimed);
    await quiet();
    expect((await readStatus(mine.statusUrl)).status).toBe('pending');
    expect(await mismatches(id)).toEqual([{ claimed, faults: ['forged_id'] }]);
  });

  it('unknown at the provider: not moved, kept once however often it comes', async () => {
    const gift = await givenGift(app, form);
    const { token, id } = await payment(gift);
    for (let nth = 0; nth < 3; nth += 1) await post(token, 'tr_neverSeen');
    await quiet();
    expect((await payment(gift)).state).toBe('open');
    expect(await mismatches(id)).toEqual([{ claimed: 'tr_neverSeen', faults: ['forged_id'] }]);
  });
});

describe('an attempt whose payment we do not know yet', () => {
  let gift: { token: string; id: string };
  let donationId: string;

  /** The provider made the payment, its answer never came: our third step is not written. */
  beforeEach(async () => {
    await disturbSandbox(app, { only: 'POST', hangAfterWork: 3 });
    const body = giftBody();
    expect(await postGift(app, form, body)).toMatchObject({
      status: 503,
      json: { code: 'payment_provider_unavailable' },
    });
    await disturbSandbox(app, {});
    const [row] = await books.rows<{ id: string; token: string; reference: string }>(
      `SELECT id, token, reference FROM payments WHERE state = 'created' AND provider_id IS NULL ORDER BY id DESC LIMIT 1`,
    );
    gift = row!;
    donationId = row!.reference;
  });

  const kept = async () =>
    (
      await books.rows<{ state: string; provider: string | null; checkout: string | null }>(
        'SELECT state, provider_id AS provider, checkout_url AS checkout FROM payments WHERE id = $1',
        [gift.id],
      )
    )[0]!;
  const madeAtProvider = async () =>
    (await sandbox.payments()).find(({ metadata }) => JSON.stringify(metadata).includes(gift.id))!;

  it('its webhook adopts the provider’s payment and the gift is paid', async () => {
    const made = await madeAtProvider();
    await sandbox.move(made.id, 'paid');
    await eventually(async () => (await kept()).state === 'paid');
    expect(await kept()).toMatchObject({ provider: made.id });
    expect(await books.count(`donations WHERE id = $1 AND state = 'paid'`, [donationId])).toBe(1);
    expect(await mismatches(gift.id)).toEqual([]);
  });

  it('a webhook that claims another gift’s payment is not believed: metadata and amount do not fit', async () => {
    const other = await givenGift(app, form, { amount: { cents: 1_000, currency: 'EUR' } });
    const claimed = (await payment(other)).providerId!;
    await post(gift.token, claimed);
    await quiet();
    expect(await kept()).toMatchObject({ state: 'created', provider: null });
    expect(await mismatches(gift.id)).toEqual([{ claimed, faults: ['another_attempt', 'amount'] }]);
  });

  it('a webhook that claims what the provider does not know changes nothing', async () => {
    await post(gift.token, 'tr_neverSeen');
    await quiet();
    expect(await kept()).toMatchObject({ state: 'created', provider: null });
    expect(await mismatches(gift.id)).toEqual([{ claimed: 'tr_neverSeen', faults: ['unknown_at_provider'] }]);
  });
});

describe('a payment of another mode, website profile, contribution or customer', () => {
  it('is not ours, whatever its metadata says', async () => {
    const live = await givenGift(app, form);
    const elsewhere = await givenGift(app, form);
    // As after a change of keys: what we wrote down was made with another account.
    await books.rows('ALTER TABLE payments DISABLE TRIGGER payments_guard');
    await books.rows(`UPDATE payments SET mode = 'live' WHERE id = $1`, [(await payment(live)).id]);
    await books.rows('ALTER TABLE payments ENABLE TRIGGER payments_guard');
    await books.rows(`UPDATE payments SET profile_id = 'pfl_another' WHERE id = $1`, [
      (await payment(elsewhere)).id,
    ]);
    await payAtSandbox(live.checkoutUrl);
    await payAtSandbox(elsewhere.checkoutUrl);
    await eventually(
      async () => (await books.count("payment_mismatches WHERE faults ?| array['mode', 'profile']")) === 2,
    );
    expect((await mismatches((await payment(live)).id))[0]!.faults).toEqual(['mode']);
    expect((await mismatches((await payment(elsewhere)).id))[0]!.faults).toEqual(['profile']);
    expect((await readStatus(live.statusUrl)).status).toBe('pending');
    expect((await readStatus(elsewhere.statusUrl)).status).toBe('pending');
  });

  it('nor is one with another contribution to the platform, or for another customer’s mandate', async () => {
    const [tipped, charged] = [await givenGift(app, form), await givenGift(app, form)];
    const [{ id: first }, { id: second }] = [await payment(tipped), await payment(charged)];
    const mandateId = newId();
    await books.rows(
      `INSERT INTO payment_mandates (association_id, id, holder, state, mode, provider_customer_id)
       VALUES ($1, $2, $2, 'pending', 'test', 'cst_another')`,
      [association.associationId, mandateId],
    );
    await books.rows('ALTER TABLE payments DISABLE TRIGGER payments_guard');
    await books.rows(`UPDATE payments SET application_fee_cents = 100 WHERE id = $1`, [first]);
    await books.rows(`UPDATE payments SET sequence = 'first', mandate_id = $2 WHERE id = $1`, [
      second,
      mandateId,
    ]);
    await books.rows('ALTER TABLE payments ENABLE TRIGGER payments_guard');
    await payAtSandbox(tipped.checkoutUrl);
    await payAtSandbox(charged.checkoutUrl);
    await eventually(async () => (await mismatches(first)).length + (await mismatches(second)).length === 2);
    expect((await mismatches(first))[0]!.faults).toEqual(['application_fee']);
    expect((await mismatches(second))[0]!.faults).toEqual(['sequence', 'customer']);
    expect((await readStatus(tipped.statusUrl)).status).toBe('pending');
    expect((await readStatus(charged.statusUrl)).status).toBe('pending');
  });
});
