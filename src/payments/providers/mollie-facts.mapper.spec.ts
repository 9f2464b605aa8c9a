import { describe, expect, it } from '@jest/globals';
import { toProviderSettlement, toSettledPayment, toSettledReturn } from './mollie-facts.mapper.js';

const eur = (value: string) => ({ value, currency: 'EUR' });
const settled = (...costs: string[]) =>
  toProviderSettlement({
    id: 'stl_1',
    reference: '1234567.2611.01',
    status: 'paidout',
    amount: eur('97.50'),
    settledAt: '2026-11-22T04:00:00+00:00',
    periods: { 2026: { 11: { costs: costs.map((value) => ({ amountGross: eur(value) })) } } },
  });

describe('a settlement of Mollie', () => {
  it('has costs with four decimals, rounded once after adding up', () => {
    expect(settled('0.3500', '1.1525').costs.cents).toBe(150);
    expect(settled('0.0050').costs.cents).toBe(1);
    expect(settled('0.0049', '0.0049', '0.0049').costs.cents).toBe(1);
    expect(settled('-0.3500').costs.cents).toBe(-35);
    expect(settled().costs.cents).toBe(0);
  });

  it('in a status of tomorrow is not paid out', () => {
    expect(toProviderSettlement({ id: 'stl_2', status: 'dancing', amount: eur('1.00') }).status).toBe(
      'unrecognised',
    );
  });
});

describe('a part of a settlement', () => {
  it('a payment brings its amount', () => {
    expect(toSettledPayment({ id: 'tr_1', amount: eur('10.00') })).toMatchObject({
      id: 'tr_1',
      paymentId: 'tr_1',
      moved: { cents: 1_000 },
    });
  });

  it('a refund takes its amount, unless it says what it moved', () => {
    const refund = { id: 're_1', paymentId: 'tr_1', amount: eur('4.00') };
    expect(toSettledReturn(refund).moved.cents).toBe(-400);
    expect(toSettledReturn({ ...refund, settlementAmount: eur('4.00') }).moved.cents).toBe(400);
    expect(toSettledReturn({ ...refund, settlementAmount: eur('0.00') }).moved.cents).toBe(0);
  });
});
