import type { z } from 'zod';
import { publicId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { Donation } from '../donation.entity.js';
import { presentDonation, type DonationDetails } from '../donation.presenter.js';
import type { Deposit } from './enter-deposit.js';
import type { OfflineDonation } from './offline-donation.js';
import type { depositResponse, offlineDonationResponse } from './offline-donations.dto.js';

/** Debts may be paid in cash up to it (CMF art. D112-3); a gift is no debt, yet a treasurer should be ready to explain. */
const LARGE_CASH = Money.of(100_000);

export interface OfflineDonationView {
  offline: OfflineDonation;
  donation: Donation;
  details: DonationDetails;
}

export function presentOfflineDonation({
  offline,
  donation,
  details,
}: OfflineDonationView): z.input<typeof offlineDonationResponse> {
  const { deposit, correction } = offline;
  const isLargeCash = offline.means === 'cash' && donation.amount.compare(LARGE_CASH) > 0;
  return {
    ...presentDonation(donation, details),
    object: 'offline_donation',
    means: offline.means,
    receivedOn: offline.receivedOn,
    chequeNumber: offline.chequeNumber,
    bankName: offline.bankName,
    note: offline.note,
    enteredBy: offline.enteredBy,
    enteredAt: offline.enteredAt.toISOString(),
    deposit: deposit && { ...deposit, id: publicId('deposit', deposit.id) },
    correction: correction && {
      ...correction,
      correctedAt: new Date(correction.correctedAt).toISOString(),
    },
    warnings: isLargeCash ? [{ code: 'large_cash_gift' }] : [],
  };
}

export function presentDeposit(deposit: Deposit): z.input<typeof depositResponse> {
  return {
    object: 'deposit',
    id: publicId('deposit', deposit.id),
    means: deposit.means,
    depositedOn: deposit.depositedOn,
    reference: deposit.reference,
    total: deposit.total.toJSON(),
    donationIds: deposit.donationIds.map((id) => publicId('donation', id)),
  };
}
