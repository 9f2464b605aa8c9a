import { Money } from '../../kernel/money.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { PaymentRecord, RefundRecord } from '../state/records.js';
import { docLink, halAmount, halLink, halTime } from './hal.js';

export function presentRefund(
  context: SandboxContext,
  payment: PaymentRecord,
  refund: RefundRecord,
): Record<string, unknown> {
  const paymentUrl = `${context.urls.api}/v2/payments/${payment.id}`;
  const amount = Money.fromJson(refund.amount);
  return {
    resource: 'refund',
    id: refund.id,
    mode: payment.mode,
    amount: halAmount(amount),
    settlementAmount: halAmount(Money.zero(amount.currency).minus(amount)),
    status: refund.status,
    createdAt: halTime(refund.createdAt),
    description: refund.description,
    metadata: refund.metadata,
    paymentId: payment.id,
    _links: {
      self: halLink(`${paymentUrl}/refunds/${refund.id}`),
      payment: halLink(paymentUrl),
      documentation: docLink('get-refund'),
    },
  };
}
