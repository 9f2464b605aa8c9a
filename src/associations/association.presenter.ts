import type { z } from 'zod';
import type { LegalDate } from '../kernel/clock.js';
import { publicId } from '../kernel/ids.js';
import type { Association } from './association.entity.js';
import type { associationResponse } from './associations.dto.js';
import { receiptEligibility } from './receipt-eligibility.js';

/** @param today for which the right to issue receipts is told */
export function presentAssociation(
  association: Association,
  today: LegalDate,
): z.input<typeof associationResponse> {
  const { signatoryName, signatoryRole } = association;
  const faults = receiptEligibility(association, today);
  return {
    object: 'association',
    id: publicId('association', association.associationId),
    name: association.name,
    slug: association.slug,
    registration: association.registration,
    address: {
      line1: association.street,
      line2: association.street2,
      postalCode: association.postalCode,
      city: association.city,
      country: association.country,
    },
    purpose: association.object,
    legalCategory: {
      code: association.legalCategory,
      details: association.legalDetails as Record<string, string>,
    },
    fiscalRegime: { regime: association.fiscalRegime, from: association.fiscalRegimeFrom },
    receiptNumbering: association.receiptNumbering,
    signatory: signatoryName && signatoryRole ? { name: signatoryName, role: signatoryRole } : null,
    hasSignatureImage: association.signatureFileId !== null,
    contactEmail: association.contactEmail,
    receipts: { eligible: faults.length === 0, faults },
    createdAt: association.createdAt.toISOString(),
    updatedAt: association.updatedAt.toISOString(),
  };
}
