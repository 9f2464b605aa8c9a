import { describe, expect, it } from '@jest/globals';
import { restorePayment } from './restore-payment.js';
import type { PaymentRecord } from './records.js';

const eur = (cents: number) => ({ cents, currency: 'EUR' as const });

describe('a payment of a journal that knew less', () => {
  const kept = {
    id: 'tr_1',
    profileId: 'pfl_1',
    status: 'paid',
    amount: eur(2000),
    method: 'creditcard',
    createdAt: '2026-11-01T10:00:00.000Z',
    paidAt: '2026-11-01T10:01:00.000Z',
    refunds: [{ id: 're_1', amount: eur(500), status: 'refunded' }],
    chargebacks: [],
  } as unknown as Partial<PaymentRecord>;

  it('is a one-off payment of a test key, with its money booked', () => {
    const payment = restorePayment(kept);
    expect(payment).toMatchObject({ mode: 'test', sequenceType: 'oneoff', customerId: null });
    expect(payment.organizationId).toMatch(/^org_\d{8}$/);
    expect(payment.movements.map(({ kind, amount, at }) => [kind, amount.cents, at])).toEqual([
      ['payment', 2000, '2026-11-01T10:01:00.000Z'],
      ['paymentFee', -61, '2026-11-01T10:01:00.000Z'],
      ['refund', -500, '2026-11-01T10:01:00.000Z'],
      ['refundFee', -25, '2026-11-01T10:01:00.000Z'],
    ]);
  });

  it('that was kept whole is not booked again', () => {
    const once = restorePayment(kept);
    expect(restorePayment(once).movements).toBe(once.movements);
  });
});
