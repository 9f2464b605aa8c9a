import { Money } from '../../../src/kernel/money.js';
import type {
  CreatePayment,
  PaymentProvider,
  ProviderAccount,
  ProviderPayment,
} from '../../../src/payments/providers/payment-provider.js';
import { assertNoTransaction } from '../../../src/platform/database/ambient-unit.js';

export const BENCH_CENTS = 5_000;

/** The provider's id of an attempt, and back: nothing need be remembered. */
export const providerIdOf = (paymentId: string): string => `tr_${paymentId.replaceAll('-', '')}`;
const paymentIdOf = (providerId: string): string =>
  providerId.slice(3).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/**
 * A provider that answers in this process at once: what is measured is the platform. Every payment is of 50 €,
 * and paid when it is read.
 */
export const benchProvider: Pick<PaymentProvider, 'createPayment' | 'getPayment'> = {
  async createPayment(_account: ProviderAccount, { paymentId }: CreatePayment) {
    assertNoTransaction();
    return { outcome: 'ok', value: payment(paymentId, 'open') };
  },
  async getPayment(_account: ProviderAccount, providerId: string) {
    assertNoTransaction();
    return { outcome: 'ok', value: payment(paymentIdOf(providerId), 'paid') };
  },
};

function payment(paymentId: string, status: 'open' | 'paid'): ProviderPayment {
  const isPaid = status === 'paid';
  return {
    id: providerIdOf(paymentId),
    status,
    mode: 'test',
    profileId: 'pfl_bench',
    sequence: 'oneoff',
    customerId: null,
    mandateId: null,
    applicationFee: null,
    amount: Money.of(BENCH_CENTS),
    amountRefunded: Money.of(0),
    amountChargedBack: Money.of(0),
    paymentId,
    method: isPaid ? 'creditcard' : null,
    failureReason: null,
    checkoutUrl: isPaid ? null : `https://checkout.invalid/${paymentId}`,
    isCancelable: false,
    createdAt: new Date(),
    paidAt: isPaid ? new Date() : null,
    expiresAt: null,
    refunds: [],
    chargebacks: [],
  };
}
