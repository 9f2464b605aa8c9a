import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from 'mollie-api-typescript';
import type { RunningSandbox } from '../../../src/sandbox/index.js';
import { connect, eur, merchantClient, schemaClient, type Connected } from './mollie-bench.js';
import { API_KEY, GIFT, callApi, control, freshSandbox, makePayment } from './sandbox-bench.js';

interface Settlement {
  id: string;
  reference: string;
  amount: { cents: number };
}
interface Figures {
  profileId?: string;
  organizationId: string;
  paid: { cents: number };
  refundsTaken: { cents: number };
  refundsReturned: { cents: number };
  chargedBack: { cents: number };
  fees: { cents: number };
  applicationFees: { cents: number };
  settled: { cents: number };
  held: { cents: number };
  paidOut: { cents: number };
}

describe('settlements and books', () => {
  let now = new Date('2026-11-22T10:00:00Z');
  let bench: Awaited<ReturnType<typeof freshSandbox>>;
  let sandbox: RunningSandbox;
  let who: Connected;
  let schema: Client;
  beforeAll(async () => {
    bench = await freshSandbox({ clock: { now: () => now } });
    sandbox = bench.sandbox;
  });
  beforeEach(async () => {
    await control(sandbox, 'POST', '/reset');
    now = new Date('2026-11-22T10:00:00Z');
    who = await connect(sandbox);
    schema = schemaClient(sandbox, { oAuth: who.accessToken });
  });
  afterAll(() => bench.dispose());

  /** A paid payment of the connected organisation. */
  const paid = async (value: string, fee?: string, method = 'creditcard'): Promise<string> => {
    const reply = await callApi(sandbox, 'POST', 'payments', {
      key: who.accessToken,
      body: {
        ...GIFT,
        amount: eur(value),
        profileId: who.profileIds[0],
        testmode: true,
        ...(fee === undefined ? {} : { applicationFee: { amount: eur(fee), description: 'Contribution' } }),
      },
    });
    await control(sandbox, 'POST', `/payments/${reply.json.id}/status`, { status: 'paid', method });
    return reply.json.id as string;
  };
  const refund = async (id: string, cents: number, status: string): Promise<string> =>
    (await control<{ id: string }>(sandbox, 'POST', `/payments/${id}/refunds`, { cents, status })).id;
  const moveRefund = (id: string, refundId: string, status: string) =>
    control(sandbox, 'POST', `/payments/${id}/refunds/${refundId}/status`, { status });
  const close = async (more = {}): Promise<Settlement[]> =>
    (
      await control<{ settlements: Settlement[] }>(sandbox, 'POST', '/settlements', {
        organizationId: who.organizationId,
        ...more,
      })
    ).settlements;
  const books = async (): Promise<Figures> =>
    (
      await control<{ organizations: Figures[] }>(
        sandbox,
        'GET',
        `/books?organizationId=${who.organizationId}`,
      )
    ).organizations[0]!;
  const assertBalanced = (of: Figures) =>
    expect(of.settled.cents + of.held.cents).toBe(
      of.paid.cents - of.fees.cents - of.applicationFees.cents - of.refundsTaken.cents - of.chargedBack.cents,
    );

  it('a payout is payments, less fees, application fees and refunds on their way, to the cent', async () => {
    const id = await paid('20.00', '1.00');
    await paid('10.01', undefined, 'paypal');
    await refund(id, 500, 'processing');
    await refund(id, 300, 'pending');
    const [settlement] = await close();
    // 20.00 - (0.25 + 0.36) - 1.00 - 5.00 - 0.25, and 10.01 - 0.25
    expect(settlement!.amount.cents).toBe(2000 - 61 - 100 - 500 - 25 + 1001 - 25);
    expect(settlement!.reference).toMatch(/^\d{7}\.2611\.01$/);
    const of = await books();
    expect(of).toMatchObject({
      paid: { cents: 3001 },
      fees: { cents: 111 },
      applicationFees: { cents: 100 },
      refundsTaken: { cents: 500 },
      held: { cents: 0 },
      paidOut: settlement!.amount,
    });
    assertBalanced(of);
  });

  it('is told in Mollie’s shape: months with revenue and costs that add up to the amount', async () => {
    const october = await paid('50.00', '2.00');
    now = new Date('2026-12-01T10:00:00Z');
    who = await connect(sandbox);
    schema = schemaClient(sandbox, { oAuth: who.accessToken });
    await refund(october, 1000, 'refunded');
    await control(sandbox, 'POST', `/payments/${october}/chargebacks`, { cents: 100 });
    await paid('30.00', undefined, 'bancontact');
    const [{ id, reference }] = (await close()) as [Settlement];
    const read = await schema.settlements.get({ settlementId: id });
    expect(read).toMatchObject({ status: 'paidout', reference, settledAt: expect.any(String) });
    expect(Object.keys(read.periods!['2026']!)).toEqual(['11', '12']);
    const cents = (value: string) => Math.round(Number(value) * 100);
    let sum = 0;
    for (const period of Object.values(read.periods!['2026']!)) {
      for (const line of period.revenue!) sum += cents(line.amountGross.value);
      for (const line of period.costs!) sum -= cents(line.amountGross.value);
    }
    expect(sum).toBe(cents(read.amount.value));
    expect(read.periods!['2026']!['11']).toMatchObject({
      revenue: [
        { description: 'Card', method: 'creditcard', count: 1, amountGross: eur('50.0000') },
        { method: 'applicationfee', amountGross: eur('-2.0000') },
      ],
      costs: [
        {
          method: 'creditcard',
          rate: { fixed: eur('0.2500'), percentage: '1.8000' },
          amountGross: eur('1.1500'),
        },
      ],
    });
    expect((await schema.settlements.get({ settlementId: reference })).id).toBe(id);
  });

  it('lists what it is made of, each with what it moved there', async () => {
    const id = await paid('20.00');
    const other = await paid('15.00');
    const refundId = await refund(id, 500, 'refunded');
    await control(sandbox, 'POST', `/payments/${other}/chargebacks`, { cents: 100 });
    await paid('90.00');
    const [{ id: settlementId }] = (await close()) as [Settlement];
    await paid('40.00');
    const mollie = merchantClient(sandbox, { accessToken: who.accessToken });
    const payments = await mollie.settlementPayments.page({ settlementId });
    expect(payments.map((one) => one.amount.value)).toEqual(['90.00', '15.00', '20.00']);
    const listed = await schema.settlements.listPayments({ settlementId });
    expect(listed.result.embedded.payments?.[2]).toMatchObject({
      id,
      settlementId,
      settlementAmount: eur('20.00'),
    });
    const refunds = await schema.settlements.listRefunds({ settlementId });
    expect(refunds.result.embedded.refunds).toMatchObject([
      { id: refundId, paymentId: id, settlementAmount: eur('-5.00') },
    ]);
    const chargebacks = await schema.settlements.listChargebacks({ settlementId });
    expect(chargebacks.result.embedded.chargebacks).toMatchObject([
      { paymentId: other, settlementAmount: eur('-1.00') },
    ]);
    expect((await schema.settlements.list({})).result.embedded.settlements).toHaveLength(1);
  });

  it('what was settled is settled once: the next payout holds only what is new', async () => {
    await paid('20.00');
    const [first] = await close();
    expect(await close()).toEqual([]);
    await paid('30.00');
    const open = await schema.settlements.getOpen({});
    expect(open).toMatchObject({ status: 'open', amount: eur('29.21'), settledAt: null });
    expect((await schema.settlements.getNext({})).amount).toEqual(open.amount);
    const [second] = await close();
    expect(second!.amount.cents).toBe(2921);
    expect(second!.reference).toBe(first!.reference.replace(/01$/, '02'));
    const list = await schema.settlements.list({});
    expect(list.result.embedded.settlements.map((one) => one.id)).toEqual([second!.id, first!.id]);
  });

  it('a refund that fails after it was settled comes back in the next payout, its fee does not', async () => {
    const id = await paid('20.00');
    const refundId = await refund(id, 500, 'refunded');
    await close();
    await moveRefund(id, refundId, 'failed');
    const of = await books();
    expect(of).toMatchObject({
      refundsTaken: { cents: 0 },
      refundsReturned: { cents: 500 },
      held: { cents: 500 },
    });
    assertBalanced(of);
    expect((await close())[0]!.amount.cents).toBe(500);
  });

  it('a refund that fails or is canceled before it leaves never moved money', async () => {
    const id = await paid('20.00');
    await moveRefund(id, await refund(id, 500, 'pending'), 'canceled');
    await moveRefund(id, await refund(id, 600, 'queued'), 'failed');
    expect(await books()).toMatchObject({ refundsReturned: { cents: 0 }, held: { cents: 2000 - 61 } });
  });

  it('a reversed chargeback comes back, without its fee', async () => {
    await paid('100.00');
    const id = await paid('20.00', undefined, 'paypal');
    const { id: chargebackId } = await control<{ id: string }>(
      sandbox,
      'POST',
      `/payments/${id}/chargebacks`,
      {},
    );
    const before = await books();
    expect(before.chargedBack.cents).toBe(2000);
    await control(sandbox, 'POST', `/payments/${id}/chargebacks/${chargebackId}/reverse`);
    const after = await books();
    expect(after.chargedBack.cents).toBe(0);
    expect(after.held.cents).toBe(before.held.cents + 2000);
    expect(after.fees).toEqual(before.fees);
    assertBalanced(after);
  });

  it('a balance below zero is not paid out, it waits', async () => {
    const id = await paid('20.00');
    await close();
    await refund(id, 500, 'refunded');
    expect(await close()).toEqual([]);
    expect((await books()).held.cents).toBe(-525);
  });

  it('can be made not to add up, so that somebody notices', async () => {
    await paid('20.00');
    const [settlement] = await close({ driftCents: -3 });
    expect(settlement!.amount.cents).toBe(2000 - 61 - 3);
    const of = await books();
    expect(of.settled.cents).toBe(2000 - 61);
    expect(of.paidOut.cents).toBe(2000 - 61 - 3);
  });

  it('profiles of one organisation have books of their own, and one payout', async () => {
    const choir = await connect(sandbox, 'Ensemble vocal des Deux Rives');
    for (const profileId of choir.profileIds) {
      const { json } = await callApi(sandbox, 'POST', 'payments', {
        key: choir.accessToken,
        body: { ...GIFT, profileId, testmode: true },
      });
      await control(sandbox, 'POST', `/payments/${json.id}/status`, { status: 'paid' });
    }
    const path = `/books?organizationId=${choir.organizationId}`;
    const told = await control<{ books: Figures[]; organizations: Figures[] }>(sandbox, 'GET', path);
    expect(told.books.map((one) => one.paid.cents)).toEqual([2000, 2000]);
    expect(told.organizations[0]!.paid.cents).toBe(4000);
    expect(await close({ organizationId: choir.organizationId })).toHaveLength(1);
  });

  it('an API key’s money can be paid out for the books, though the key cannot read it', async () => {
    const id = await makePayment(sandbox);
    await control(sandbox, 'POST', `/payments/${id}/status`, { status: 'paid' });
    const { settlements } = await control<{ settlements: Settlement[] }>(sandbox, 'POST', '/settlements', {
      apiKey: API_KEY,
    });
    expect(settlements[0]!.amount.cents).toBe(2000 - 61);
    expect((await callApi(sandbox, 'GET', `settlements/${settlements[0]!.id}`)).status).toBe(403);
    const { books: told } = await control<{ books: Figures[] }>(sandbox, 'GET', `/books?apiKey=${API_KEY}`);
    expect(told[0]).toMatchObject({ settled: { cents: 2000 - 61 }, held: { cents: 0 } });
  });

  it('the settlements of one organisation are unknown to another', async () => {
    await paid('20.00');
    const [settlement] = await close();
    const other = await connect(sandbox, 'Solidarité du Quartier');
    const reply = await callApi(sandbox, 'GET', `settlements/${settlement!.id}`, { key: other.accessToken });
    expect(reply.status).toBe(404);
  });
});
