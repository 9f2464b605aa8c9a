import { describe, expect, it } from '@jest/globals';
import { Money } from '../../kernel/money.js';
import { toPaymentMethod, toProviderPayment } from './mollie-payment.mapper.js';

const TOLD = {
  resource: 'payment',
  id: 'tr_1',
  mode: 'live',
  status: 'paid',
  amount: { value: '10.01', currency: 'EUR' },
  createdAt: '2026-11-22T10:00:00+00:00',
  _links: {},
};

describe('what Mollie tells of a payment', () => {
  it('may be very little', () => {
    expect(toProviderPayment(TOLD)).toEqual({
      id: 'tr_1',
      status: 'paid',
      mode: 'live',
      profileId: null,
      sequence: 'oneoff',
      customerId: null,
      mandateId: null,
      applicationFee: null,
      amount: Money.of(1001),
      amountRefunded: Money.zero(),
      amountChargedBack: Money.zero(),
      paymentId: null,
      method: null,
      failureReason: null,
      checkoutUrl: null,
      isCancelable: false,
      createdAt: new Date('2026-11-22T10:00:00Z'),
      paidAt: null,
      expiresAt: null,
      refunds: [],
      chargebacks: [],
    });
  });

  it('a status of tomorrow is unrecognised, of a refund too', () => {
    const refund = { id: 're_1', status: 'teleported', amount: TOLD.amount, createdAt: TOLD.createdAt };
    const read = toProviderPayment({ ...TOLD, status: 'teleported', _embedded: { refunds: [refund] } });
    expect(read.status).toBe('unrecognised');
    expect(read.refunds[0]!.status).toBe('unrecognised');
  });

  it.each(['text', 7, null, ['x'], { donationId: 'x' }, { paymentId: 7 }])(
    'metadata %j is not ours',
    (metadata) => {
      expect(toProviderPayment({ ...TOLD, metadata }).paymentId).toBeNull();
    },
  );

  it('an amount that is no exact decimal is not guessed', () => {
    for (const value of ['10', '10.0', 10, '10,00', '']) {
      expect(() => toProviderPayment({ ...TOLD, amount: { value, currency: 'EUR' } })).toThrow();
    }
    expect(() => toProviderPayment({ ...TOLD, amount: { value: '10.00', currency: 'USD' } })).toThrow();
  });

  it('the bank’s reason for a failed debit counts as the reason', () => {
    expect(toProviderPayment({ ...TOLD, details: { bankReasonCode: 'AM04' } }).failureReason).toBe('AM04');
  });

  it('a method may have no upper limit', () => {
    const method = {
      id: 'banktransfer',
      description: 'Virement',
      minimumAmount: TOLD.amount,
      maximumAmount: null,
    };
    expect(toPaymentMethod(method)).toEqual({
      id: 'banktransfer',
      description: 'Virement',
      minimum: Money.of(1001),
      maximum: null,
    });
  });
});
