import type { z } from 'zod';
import { publicId } from '../../kernel/ids.js';
import type { Payout } from './payout.entity.js';
import type { PartCounts, PayoutPart } from './payout.queries.js';
import type { payoutPartResponse, payoutResponse } from './payouts.dto.js';

const NO_PARTS: PartCounts = { payment: 0, refund: 0, dispute: 0, faults: 0 };

export function presentPayout(payout: Payout, counts: PartCounts = NO_PARTS): z.input<typeof payoutResponse> {
  return {
    object: 'payout',
    id: publicId('payout', payout.id),
    providerId: payout.providerSettlementId,
    reference: payout.reference,
    settledOn: payout.settledOn,
    amount: payout.amount.toJSON(),
    costs: payout.costs.toJSON(),
    explained: payout.explained.toJSON(),
    difference: payout.difference.toJSON(),
    parts: {
      payments: counts.payment,
      refunds: counts.refund,
      disputes: counts.dispute,
      faults: counts.faults,
    },
    importedAt: payout.importedAt.toISOString(),
  };
}

export function presentPart(part: PayoutPart): z.input<typeof payoutPartResponse> {
  const { kind, rowId } = part;
  return {
    object: 'payout_part',
    kind,
    providerId: part.providerId,
    paymentId: part.paymentId && publicId('payment', part.paymentId),
    refundId: kind === 'refund' && rowId ? publicId('refund', rowId) : null,
    disputeId: kind === 'dispute' && rowId ? publicId('dispute', rowId) : null,
    amount: part.amount.toJSON(),
    explained: part.explained.toJSON(),
    fits: part.fault === null,
    fault: part.fault,
  };
}
