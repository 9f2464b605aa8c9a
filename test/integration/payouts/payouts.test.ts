import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { innerId } from '../../../src/kernel/ids.js';
import { ImportPayouts } from '../../../src/payments/payouts/import-payouts.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { ConnectJourney, OrganizationControl } from '../../support/connect.js';
import {
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  readStatus,
  someSlug,
  type GivenAssociation,
  type GivenForm,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { GivenMoney, type PaidGift } from '../../support/money.js';
import { documentedCall } from '../../support/openapi.js';
import { expectProblem } from '../../support/problems.js';
import type { SandboxSettlement } from '../../support/sandbox-control.js';

interface ToldPayout {
  id: string;
  providerId: string;
  reference: string;
  amount: { cents: number };
  costs: { cents: number };
  difference: { cents: number };
  parts: { payments: number; refunds: number; disputes: number; faults: number };
}

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

/** An association whose own organisation at the provider is paid out. */
class Merchant {
  association!: GivenAssociation;
  form!: GivenForm;
  money!: GivenMoney;
  organizationId!: string;

  static async connected(organization = someSlug('Les Lilas')): Promise<Merchant> {
    const merchant = new Merchant();
    merchant.association = await givenAssociation(app);
    await new ConnectJourney(app, merchant.association).connect(organization);
    merchant.form = await givenForm(app, merchant.association, { platformTip: true });
    merchant.money = new GivenMoney(app, books, merchant.association, merchant.form);
    merchant.organizationId = (await new OrganizationControl(app, organization).shown()).id;
    return merchant;
  }

  settle(more: { driftCents?: number } = {}): Promise<SandboxSettlement[]> {
    return this.money.sandbox.settle({ organizationId: this.organizationId, ...more });
  }

  async import(): Promise<string[]> {
    const key = this.association.keys.treasurer;
    const answer = await documentedCall(app, '/v1/payouts/import', { method: 'POST', key });
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    return (answer.json as { imported: string[] }).imported;
  }

  async read<T>(path: string): Promise<T> {
    return (await documentedCall(app, path, { key: this.association.keys.reader })).json as T;
  }

  async fees(): Promise<number> {
    const { organizations } = await this.money.sandbox.books({ organizationId: this.organizationId });
    return organizations[0]!.fees.cents;
  }

  /** What the book says: held by the provider, costs, bank, unexplained. */
  async book(): Promise<[held: number, costs: number, bank: number, unexplained: number]> {
    return [
      await this.money.balance('provider_balance'),
      await this.money.balance('provider_fees'),
      await this.money.balance('bank'),
      await this.money.balance('payout_differences'),
    ];
  }
}

describe('a payout', () => {
  let merchant: Merchant;
  let settlement: SandboxSettlement;
  let plain: PaidGift;
  let refunded: PaidGift;
  let disputed: PaidGift;
  let refund: string;
  let chargeback: string;

  beforeAll(async () => {
    merchant = await Merchant.connected();
    const { money } = merchant;
    plain = await money.paidGift(5_000);
    refunded = await money.paidGift(8_000);
    disputed = await money.paidGift(9_000);
    refund = await money.sandbox.refund(refunded.providerId, { cents: 3_000, status: 'processing' });
    chargeback = await money.sandbox.chargeBack(disputed.providerId, { cents: 4_000 });
    await money.untilRefunds(refunded, 'settled');
    await money.untilDisputes(disputed, 'opened');
    [settlement] = (await merchant.settle()) as [SandboxSettlement];
  });

  it('is imported with what it is made of, and explained to the cent', async () => {
    const [id] = await merchant.import();
    const payout = await merchant.read<ToldPayout>(`/v1/payouts/${id}`);
    expect(payout).toMatchObject({
      providerId: settlement.id,
      reference: settlement.reference,
      amount: settlement.amount,
      costs: { cents: await merchant.fees() },
      explained: { cents: 15_000 },
      difference: { cents: 0 },
      parts: { payments: 3, refunds: 1, disputes: 1, faults: 0 },
    });
  });

  it('is booked: the provider then holds nothing, and the bank has what arrived', async () => {
    const fees = await merchant.fees();
    expect(await merchant.book()).toEqual([0, fees, settlement.amount.cents, 0]);
  });

  it('asked again, or twice at once, is imported once', async () => {
    expect(await merchant.import()).toEqual([]);
    const run = () => app.get(ImportPayouts).run(merchant.association.associationId, 'system');
    await merchant.money.paidGift(1_000);
    await merchant.settle();
    const found = await Promise.all([run(), run(), run()]);
    expect(found.flat()).toHaveLength(1);
    expect((await merchant.book())[0]).toBe(0);
  });

  it('what comes back in a later one is recognised', async () => {
    const { money } = merchant;
    await money.sandbox.moveRefund(refunded.providerId, refund, 'failed');
    await money.untilRefunds(refunded, 'failed');
    await money.sandbox.reverse(disputed.providerId, chargeback);
    await money.paidGift(2_000);
    // The reversal was not told by a webhook: the import reads the payment again.
    await merchant.settle();
    const [id] = await merchant.import();
    expect(await merchant.read(`/v1/payouts/${id}`)).toMatchObject({
      explained: { cents: 9_000 },
      difference: { cents: 0 },
      parts: { payments: 1, refunds: 1, disputes: 1, faults: 0 },
    });
    expect((await money.disputes(disputed))[0]).toMatchObject({ state: 'won' });
    const fees = await merchant.fees();
    expect(await merchant.book()).toEqual([0, fees, 25_000 - fees, 0]);
  });

  it('a gift says in which one its money arrived', async () => {
    const payment = await merchant.read<{ payout: unknown }>(`/v1/payments/${plain.paymentId}`);
    expect(payment.payout).toMatchObject({
      id: expect.stringMatching(/^pout_/),
      reference: settlement.reference,
      settledOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
  });

  it('lists come newest first, in pages, parts too', async () => {
    const all = await merchant.read<{ data: ToldPayout[] }>('/v1/payouts');
    expect(all.data.map(({ difference }) => difference.cents)).toEqual([0, 0, 0]);
    const first = await merchant.read<{ data: ToldPayout[]; nextCursor: string }>('/v1/payouts?limit=2');
    const rest = await merchant.read<{ data: ToldPayout[] }>(
      `/v1/payouts?limit=2&cursor=${first.nextCursor}`,
    );
    expect([...first.data, ...rest.data]).toEqual(all.data);
    const oldest = all.data.at(-1)!.id;
    const parts = `/v1/payouts/${oldest}/parts`;
    const some = await merchant.read<{ data: Array<{ kind: string }>; hasMore: boolean }>(`${parts}?limit=2`);
    expect([some.data.length, some.hasMore]).toEqual([2, true]);
    const { data } = await merchant.read<{ data: object[] }>(parts);
    expect(data).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'payment',
          paymentId: plain.paymentId,
          providerId: plain.providerId,
          fits: true,
        }),
        expect.objectContaining({
          kind: 'refund',
          amount: { cents: -3_000, currency: 'EUR' },
          refundId: expect.stringMatching(/^rfd_/),
        }),
        expect.objectContaining({
          kind: 'dispute',
          amount: { cents: -4_000, currency: 'EUR' },
          disputeId: expect.stringMatching(/^dsp_/),
        }),
      ]),
    );
  });
});

describe('a contribution to the platform', () => {
  it('is not in the payout, and the book agrees', async () => {
    const merchant = await Merchant.connected();
    const gift = await givenGift(app, merchant.form, { tip: { cents: 300, currency: 'EUR' } });
    await payAtSandbox(gift.checkoutUrl);
    await merchant.settle();
    const [id] = await merchant.import();
    expect(await merchant.read(`/v1/payouts/${id}`)).toMatchObject({
      explained: { cents: 5_000 },
      difference: { cents: 0 },
    });
    expect((await merchant.book())[0]).toBe(0);
  });
});

describe('a payout that does not fit', () => {
  it('shows cents that nothing explains: as difference, as alert, and on an account of their own', async () => {
    const merchant = await Merchant.connected();
    await merchant.money.paidGift(5_000);
    await merchant.settle({ driftCents: 7 });
    const [id] = await merchant.import();
    expect(await merchant.read(`/v1/payouts/${id}`)).toMatchObject({ difference: { cents: 7 } });
    const [held, , , unexplained] = await merchant.book();
    expect([held, unexplained]).toEqual([0, -7]);
    const alerts = await books.rows(
      `SELECT details FROM alerts WHERE kind = 'payout_difference' AND subject_id = $1`,
      [innerId('payout', id!)],
    );
    expect(alerts).toEqual([{ details: { difference: { cents: 7, currency: 'EUR' }, faults: 0 } }]);
    const list = (filter: string) => merchant.read<{ data: object[] }>(`/v1/payouts?hasDifference=${filter}`);
    expect([(await list('true')).data.length, (await list('false')).data.length]).toEqual([1, 0]);
  });

  it('keeps a payment that is not ours, and says so', async () => {
    const shared = someSlug('Les Lilas');
    const merchant = await Merchant.connected(shared);
    const other = await Merchant.connected(shared);
    await merchant.money.paidGift(5_000);
    const foreign = await other.money.paidGift(1_500);
    await merchant.settle();
    const [id] = await merchant.import();
    expect(await merchant.read(`/v1/payouts/${id}`)).toMatchObject({
      difference: { cents: 1_500 },
      parts: { payments: 2, faults: 1 },
    });
    const { data } = await merchant.read<{ data: object[] }>(`/v1/payouts/${id}/parts?fits=false`);
    expect(data).toMatchObject([
      {
        providerId: foreign.providerId,
        paymentId: null,
        fault: 'unknown',
        amount: { cents: 1_500 },
        explained: { cents: 0 },
      },
    ]);
    expect((await merchant.book())[0]).toBe(0);
  });
});

describe('a payment whose webhook was lost', () => {
  it('is read again before anything is called a difference', async () => {
    const merchant = await Merchant.connected();
    await merchant.money.sandbox.behave({ webhooks: { lose: 5 } });
    const gift = await givenGift(app, merchant.form);
    await payAtSandbox(gift.checkoutUrl);
    await merchant.money.sandbox.behave({});
    expect((await readStatus(gift.statusUrl)).status).toBe('pending');
    await merchant.settle();
    const [id] = await merchant.import();
    expect(await merchant.read(`/v1/payouts/${id}`)).toMatchObject({ difference: { cents: 0 } });
    expect((await readStatus(gift.statusUrl)).status).toBe('paid');
    expect((await merchant.book())[0]).toBe(0);
  });
});

describe('who may import', () => {
  it('nobody without a connected account: an API key does not open payouts', async () => {
    const { keys } = await givenAssociation(app);
    const answer = await call(app, '/v1/payouts/import', { method: 'POST', key: keys.treasurer });
    expectProblem(answer, 409, 'payouts_need_connection');
  });

  it('not a reader; and nobody sees another association’s', async () => {
    const merchant = await Merchant.connected();
    const key = merchant.association.keys.reader;
    expect((await call(app, '/v1/payouts/import', { method: 'POST', key })).status).toBe(403);
    await merchant.money.paidGift(1_000);
    await merchant.settle();
    const [id] = await merchant.import();
    const stranger = (await givenAssociation(app)).keys.reader;
    for (const path of [`/v1/payouts/${id}`, `/v1/payouts/${id}/parts`])
      expectProblem(await call(app, path, { key: stranger }), 404, 'payout_not_found');
  });
});
