import { printedLegalCategory, printedRegistration, type Association } from '../associations/index.js';
import type { Donation } from '../donations/index.js';
import type { Donor, DonorAddress } from '../donors/index.js';
import type { LegalDate } from '../kernel/clock.js';
import { publicId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import type { StoredFile } from '../platform/storage/stored-files.js';
import { printedMeans } from './receipt-decision.js';
import {
  RECEIPT_FORM_VERSION,
  receiptSnapshotSchema,
  type ReceiptAddress,
  type ReceiptSnapshot,
} from './receipt-snapshot.js';

export interface SnapshotSources {
  number: string;
  issuedOn: LegalDate;
  paidOn: LegalDate;
  /** What is left of the gift. */
  amount: Money;
  /** As the payment says it. */
  method: string | null;
  /** The number of the receipt that this one cancels and replaces. */
  replacesNumber: string | undefined;
  isSpecimen: boolean;
  association: Association;
  signature: StoredFile | null;
  donation: Donation;
  donor: Donor;
  address: DonorAddress;
}

const countryName = new Intl.DisplayNames('fr', { type: 'region' });

/** Copies everything that the receipt prints; what changes later changes nothing here. */
export function buildSnapshot(from: SnapshotSources): ReceiptSnapshot {
  return receiptSnapshotSchema.parse({
    snapshotVersion: 1,
    formVersion: RECEIPT_FORM_VERSION,
    number: from.number,
    issuedOn: from.issuedOn,
    ...(from.replacesNumber !== undefined && { replacesNumber: from.replacesNumber }),
    isSpecimen: from.isSpecimen,
    articles: ['200'],
    association: beneficiary(from.association, from.signature),
    donor: {
      lastName: from.donor.lastName,
      firstNames: from.donor.firstName,
      address: printedAddress(from.address),
    },
    gift: {
      amount: from.amount.toJSON(),
      paidOn: from.paidOn,
      // A gift in money without a deed, by card on a web page as by cheque, is a don manuel (form 2041-RD).
      form: 'declaration_de_don_manuel',
      nature: 'numeraire',
      means: printedMeans(from.method),
      references: [publicId('donation', from.donation.id)],
    },
  });
}

function beneficiary(association: Association, signature: StoredFile | null) {
  const { street: line1, street2: line2, postalCode, city, country } = association;
  return {
    name: association.name,
    registration: {
      type: association.registration.type,
      printed: printedRegistration(association.registration),
    },
    address: printedAddress({ line1, line2, postalCode, city, country }),
    object: association.object,
    legalCategory: {
      code: association.legalCategory,
      details: association.legalDetails,
      ...printedLegalCategory(association.legalCategory, association.legalDetails),
    },
    signatory: { name: association.signatoryName, role: association.signatoryRole },
    ...(signature && {
      signatureImage: { fileId: signature.id, sha256: signature.sha256, type: signature.mediaType },
    }),
  };
}

function printedAddress(
  address: Pick<DonorAddress, 'line1' | 'line2' | 'postalCode' | 'city' | 'country'>,
): ReceiptAddress {
  return {
    line1: address.line1,
    ...(address.line2 && { line2: address.line2 }),
    postalCode: address.postalCode,
    city: address.city,
    country: countryName.of(address.country) ?? address.country,
  };
}
