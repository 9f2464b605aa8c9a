import type { z } from 'zod';
import { publicId } from '../kernel/ids.js';
import type { Receipt } from './receipt.entity.js';
import type { receiptResponse } from './receipts.dto.js';

export function presentReceipt(receipt: Receipt, publicUrl: string): z.input<typeof receiptResponse> {
  const id = publicId('receipt', receipt.id);
  const { donor, isSpecimen } = receipt.snapshot;
  return {
    object: 'receipt',
    id,
    number: receipt.number,
    donationId: publicId('donation', receipt.donationId),
    amount: receipt.amount.toJSON(),
    issuedOn: receipt.issuedOn,
    paidOn: receipt.paidOn,
    donor: { lastName: donor.lastName, firstNames: donor.firstNames },
    isSpecimen,
    pdf: receipt.pdfFileId ? { url: `${publicUrl}/v1/receipts/${id}/pdf` } : null,
    createdAt: receipt.createdAt.toISOString(),
  };
}
