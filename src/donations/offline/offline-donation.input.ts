import type { z } from 'zod';
import { innerId } from '../../kernel/ids.js';
import type { OfflineDonationInput } from './enter-offline-donation.js';
import type { offlineDonationRequest } from './offline-donations.dto.js';

/** @throws DomainError `form_not_found` */
export function toOfflineInput({
  formId,
  chequeNumber,
  bankName,
  note,
  donor,
  ...gift
}: z.output<typeof offlineDonationRequest>): OfflineDonationInput {
  return {
    ...gift,
    donor: { ...donor, email: donor.email ?? null },
    formId: formId === undefined ? null : innerId('form', formId),
    chequeNumber: chequeNumber ?? null,
    bankName: bankName ?? null,
    note: note ?? null,
  };
}
