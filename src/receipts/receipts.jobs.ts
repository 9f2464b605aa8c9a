import { defineJob } from '../platform/queue/define-job.js';

type OfDonation = { associationId: string; donationId: string };
type OfReceipt = { associationId: string; receiptId: string };

export const issueReceiptJob = defineJob<OfDonation>({
  name: 'receipts.issue',
  queue: 'money',
  attempts: 12,
  backoffMs: 2_000,
});

export const renderReceiptJob = defineJob<OfReceipt>({
  name: 'receipts.render',
  queue: 'documents',
  attempts: 10,
  backoffMs: 2_000,
});

/** Thanks the donor, with the receipt where there is one. */
export const thankDonorJob = defineJob<OfDonation>({
  name: 'receipts.thank-donor',
  queue: 'documents',
  attempts: 10,
  backoffMs: 2_000,
});
