import { Money } from '../../kernel/money.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { ChargebackRecord, PaymentRecord } from '../state/records.js';
import { docLink, halAmount, halLink, halTime } from './hal.js';

export function presentChargeback(
  context: SandboxContext,
  payment: PaymentRecord,
  chargeback: ChargebackRecord,
): Record<string, unknown> {
  const paymentUrl = `${context.urls.api}/v2/payments/${payment.id}`;
  const amount = Money.fromJson(chargeback.amount);
  return {
    resource: 'chargeback',
    id: chargeback.id,
    amount: halAmount(amount),
    settlementAmount: halAmount(Money.zero(amount.currency).minus(amount)),
    reason: chargeback.reason,
    createdAt: halTime(chargeback.createdAt),
    reversedAt: chargeback.reversedAt === null ? null : halTime(chargeback.reversedAt),
    paymentId: payment.id,
    _links: {
      self: halLink(`${paymentUrl}/chargebacks/${chargeback.id}`),
      payment: halLink(paymentUrl),
      documentation: docLink('get-chargeback'),
    },
  };
}
