import type { z } from 'zod';
import { publicId } from '../kernel/ids.js';
import type { Receipt } from './receipt.entity.js';
import type { receiptResponse } from './receipts.dto.js';
import type { ReceiptLife, ReceiptName } from './receipts.repository.js';

export function presentReceipt(
  receipt: Receipt,
  { cancelled, replaces, replacedBy }: ReceiptLife,
  publicUrl: string,
): z.input<typeof receiptResponse> {
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
    status: cancelled ? 'cancelled' : 'issued',
    cancelledAt: cancelled?.at.toISOString() ?? null,
    cancelReason: cancelled?.code ?? null,
    replaces: replaces && presentName(replaces),
    replacedBy: replacedBy && presentName(replacedBy),
    pdf: receipt.pdfFileId ? { url: `${publicUrl}/v1/receipts/${id}/pdf` } : null,
    createdAt: receipt.createdAt.toISOString(),
  };
}

const presentName = ({ id, number }: ReceiptName) => ({ id: publicId('receipt', id), number });
