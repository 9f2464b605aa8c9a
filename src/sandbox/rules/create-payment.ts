import type { Money } from '../../kernel/money.js';
import type { SandboxContext } from '../sandbox-context.js';
import { randomId } from '../state/random-id.js';
import type { MandateRecord, PaymentRecord } from '../state/records.js';
import { keepPayment } from './keep-payment.js';
import { lifeMsOf } from './methods.js';
import { bringUpToDate } from './move-payment.js';
import { planRecurring } from './plan-recurring.js';

export type NewPayment = Pick<
  PaymentRecord,
  | 'organizationId'
  | 'profileId'
  | 'mode'
  | 'description'
  | 'redirectUrl'
  | 'cancelUrl'
  | 'webhookUrl'
  | 'metadata'
  | 'locale'
  | 'sequenceType'
  | 'customerId'
  | 'applicationFee'
> & {
  amount: Money;
  methods: string[];
  /** The mandate to charge; null unless the payment is recurring. */
  mandate: MandateRecord | null;
};

export function createPayment(context: SandboxContext, wish: NewPayment): PaymentRecord {
  const { amount, methods, mandate, ...given } = wish;
  const now = context.clock.now();
  const onlyMethod = methods.length === 1 ? (methods[0] ?? null) : null;
  const payment: PaymentRecord = {
    id: randomId('tr'),
    ...given,
    status: mandate ? 'pending' : 'open',
    amount: amount.toJSON(),
    mandateId: mandate?.id ?? null,
    allowedMethods: methods,
    method: mandate?.method ?? null,
    failureReason: null,
    planned: null,
    createdAt: now.toISOString(),
    expiresAt: mandate ? null : new Date(now.getTime() + lifeMsOf(onlyMethod)).toISOString(),
    authorizedAt: null,
    paidAt: null,
    canceledAt: null,
    expiredAt: null,
    failedAt: null,
    refunds: [],
    chargebacks: [],
    movements: [],
  };
  if (mandate) payment.planned = planRecurring(context, payment, mandate);
  keepPayment(context, payment);
  if (context.behaviour.settings.recurring?.atOnce) bringUpToDate(context, payment);
  return payment;
}
