import type { Association } from './association.entity.js';
import type { AssociationChanges } from './association-input.js';

/** The columns that a request's fields go to; absent fields leave theirs alone, null clears. */
export function toColumns(changes: AssociationChanges): Partial<Association> {
  const {
    name,
    slug,
    registration,
    address,
    purpose,
    legalCategory,
    fiscalRegime,
    receiptNumbering,
    signatory,
    contactEmail,
  } = changes;
  return {
    ...(name !== undefined && { name }),
    ...(slug !== undefined && { slug }),
    ...(registration && { registration }),
    ...(address && {
      street: address.line1,
      street2: address.line2 ?? null,
      postalCode: address.postalCode,
      city: address.city,
      country: address.country,
    }),
    ...(purpose !== undefined && { object: purpose }),
    ...(legalCategory && { legalCategory: legalCategory.code, legalDetails: legalCategory.details ?? {} }),
    ...(fiscalRegime && { fiscalRegime: fiscalRegime.regime, fiscalRegimeFrom: fiscalRegime.from }),
    ...(receiptNumbering && { receiptNumbering }),
    ...(signatory !== undefined && {
      signatoryName: signatory?.name ?? null,
      signatoryRole: signatory?.role ?? null,
    }),
    ...(contactEmail !== undefined && { contactEmail }),
  };
}
