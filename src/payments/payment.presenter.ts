import type { z } from 'zod';
import { publicId } from '../kernel/ids.js';
import type { Dispute } from './disputes/dispute.entity.js';
import { presentDispute } from './disputes/dispute.presenter.js';
import type { Payment } from './payment.entity.js';
import type { paymentResponse } from './payments.dto.js';
import type { PayoutOfPayment } from './payouts/payout.queries.js';
import type { Refund } from './refunds/refund.entity.js';
import { presentRefund } from './refunds/refund.presenter.js';

/** What belongs to a payment, oldest first. */
export interface PaymentDetails {
  refunds: Refund[];
  disputes: Dispute[];
  /** Null: not paid out to the association yet, as far as we know. */
  payout: PayoutOfPayment | null;
}

export function presentPayment(
  payment: Payment,
  { refunds, disputes, payout }: PaymentDetails,
): z.input<typeof paymentResponse> {
  return {
    object: 'payment',
    id: publicId('payment', payment.id),
    donationId: publicId('donation', payment.reference),
    status: payment.state,
    amount: payment.amount.toJSON(),
    applicationFee: payment.applicationFee.toJSON(),
    sequence: payment.sequence,
    provider: payment.provider,
    providerId: payment.providerId,
    mode: payment.mode,
    method: payment.method,
    failureReason: payment.failureReason,
    refunds: refunds.map(presentRefund),
    disputes: disputes.map(presentDispute),
    payout: payout && { ...payout, id: publicId('payout', payout.id) },
    createdAt: payment.createdAt.toISOString(),
    paidAt: payment.paidAt?.toISOString() ?? null,
    expiresAt: payment.expiresAt?.toISOString() ?? null,
  };
}
