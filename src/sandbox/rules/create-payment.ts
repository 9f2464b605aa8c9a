import type { Money } from '../../kernel/money.js';
import type { SandboxContext } from '../sandbox-context.js';
import { randomId } from '../state/random-id.js';
import type { PaymentRecord } from '../state/records.js';
import { lifeMsOf } from './methods.js';

export interface NewPayment {
  profileId: string;
  amount: Money;
  description: string;
  redirectUrl: string;
  cancelUrl: string | null;
  webhookUrl: string | null;
  metadata: unknown;
  locale: string | null;
  methods: string[];
}

export function createPayment(context: SandboxContext, wish: NewPayment): PaymentRecord {
  const now = context.clock.now();
  const onlyMethod = wish.methods.length === 1 ? (wish.methods[0] ?? null) : null;
  const payment: PaymentRecord = {
    id: randomId('tr'),
    profileId: wish.profileId,
    status: 'open',
    amount: wish.amount.toJSON(),
    description: wish.description,
    redirectUrl: wish.redirectUrl,
    cancelUrl: wish.cancelUrl,
    webhookUrl: wish.webhookUrl,
    metadata: wish.metadata,
    locale: wish.locale,
    allowedMethods: wish.methods,
    method: null,
    failureReason: null,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + lifeMsOf(onlyMethod)).toISOString(),
    authorizedAt: null,
    paidAt: null,
    canceledAt: null,
    expiredAt: null,
    failedAt: null,
    refunds: [],
    chargebacks: [],
  };
  context.state.savePayment(payment);
  return payment;
}
