import type { z } from 'zod';
import { publicId } from '../../kernel/ids.js';
import type { Refund } from './refund.entity.js';
import type { refundResponse } from './refunds.dto.js';

export function presentRefund(refund: Refund): z.input<typeof refundResponse> {
  return {
    object: 'refund',
    id: publicId('refund', refund.id),
    paymentId: publicId('payment', refund.paymentId),
    status: refund.state,
    origin: refund.origin,
    amount: refund.amount.toJSON(),
    reason: refund.reason,
    requestedBy: refund.requestedBy,
    failureReason: refund.failureReason,
    providerId: refund.providerRefundId,
    createdAt: refund.createdAt.toISOString(),
    settledAt: refund.settledAt?.toISOString() ?? null,
  };
}
