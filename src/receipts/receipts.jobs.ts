import { defineJob } from '../platform/queue/define-job.js';
import type { ReturnFact } from './return-fact.js';

type OfDonation = { associationId: string; donationId: string };

/** What a fact made of the receipts of its gift: ids, or null where it made nothing. */
export type Revision = { cancelledId: string | null; issuedId: string | null };

type FactOfDonation = OfDonation & { fact: ReturnFact };
export type Notice = FactOfDonation & Revision;

/** `because` absent: the gift was paid, and the donor is thanked with the receipt. */
export type Rendering = {
  associationId: string;
  receiptId: string;
  because?: { fact: ReturnFact; cancelledId: string | null };
};

export const issueReceiptJob = defineJob<OfDonation>({
  name: 'receipts.issue',
  queue: 'money',
  attempts: 12,
  backoffMs: 2_000,
});

/** Money went back, or came back: is the receipt still right? */
export const reviseReceiptJob = defineJob<FactOfDonation>({
  name: 'receipts.revise',
  queue: 'money',
  attempts: 12,
  backoffMs: 2_000,
});

export const renderReceiptJob = defineJob<Rendering>({
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

/** Tells the donor of money that went back, and what became of the receipt. */
export const tellDonorJob = defineJob<Notice>({
  name: 'receipts.tell-donor',
  queue: 'documents',
  attempts: 10,
  backoffMs: 2_000,
});

/** Tells the association what it must know or do. */
export const tellTreasurerJob = defineJob<Notice>({
  name: 'receipts.tell-treasurer',
  queue: 'documents',
  attempts: 10,
  backoffMs: 2_000,
});
