import type { z } from 'zod';
import type { Donor, DonorAddress } from '../donors/index.js';
import { publicId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { Donation } from './donation.entity.js';
import type { donationResponse, madeDonationResponse } from './donations.dto.js';
import type { MadeDonation } from './make-donation.js';

export interface DonationDetails {
  donor: Donor;
  address: DonorAddress | null;
  refunded: Money;
  chargedBack: Money;
}

export function presentDonation(
  donation: Donation,
  details: DonationDetails,
): z.input<typeof donationResponse> {
  return {
    object: 'donation',
    id: publicId('donation', donation.id),
    status: donation.state,
    amount: donation.amount.toJSON(),
    tip: donation.tip.toJSON(),
    amountRefunded: details.refunded.toJSON(),
    amountChargedBack: details.chargedBack.toJSON(),
    frequency: donation.frequency,
    planId: donation.planId && publicId('plan', donation.planId),
    formId: donation.formId && publicId('form', donation.formId),
    donor: presentDonor(details),
    wantsReceipt: donation.wantsReceipt,
    message: donation.message,
    displayName: donation.displayName,
    createdAt: donation.createdAt.toISOString(),
    paidAt: donation.paidAt?.toISOString() ?? null,
  };
}

function presentDonor({ donor, address }: DonationDetails) {
  return {
    id: publicId('donor', donor.id),
    kind: donor.kind,
    firstName: donor.firstName,
    lastName: donor.lastName,
    email: donor.email,
    address: address && {
      line1: address.line1,
      line2: address.line2,
      postalCode: address.postalCode,
      city: address.city,
      country: address.country,
    },
  };
}

export function presentMade(
  { donation, checkoutUrl }: MadeDonation,
  publicUrl: string,
): z.input<typeof madeDonationResponse> {
  const amount = Money.of(donation.amountCents, donation.currency);
  const tip = Money.of(donation.tipCents, donation.currency);
  return {
    id: publicId('donation', donation.id),
    status: donation.state,
    amount: amount.toJSON(),
    tip: tip.toJSON(),
    total: amount.plus(tip).toJSON(),
    checkoutUrl,
    statusUrl: `${publicUrl}/v1/donation-status/${donation.token}`,
  };
}
