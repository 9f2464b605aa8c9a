import type { z } from 'zod';
import { publicId } from '../../kernel/ids.js';
import type { Dispute } from './dispute.entity.js';
import type { disputeResponse } from './disputes.dto.js';

export function presentDispute(dispute: Dispute): z.input<typeof disputeResponse> {
  return {
    object: 'dispute',
    id: publicId('dispute', dispute.id),
    paymentId: publicId('payment', dispute.paymentId),
    status: dispute.state,
    amount: dispute.amount.toJSON(),
    reason: dispute.reason,
    providerId: dispute.providerChargebackId,
    createdAt: dispute.createdAt.toISOString(),
    reversedAt: dispute.reversedAt?.toISOString() ?? null,
  };
}
