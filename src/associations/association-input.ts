import type { FiscalRegime, ReceiptNumbering } from './association.entity.js';
import type { LegalCategoryCode } from './legal-category.data.js';
import type { LegalCategoryDetails } from './legal-category.js';
import type { Registration } from './registration.js';

/** What may be said of an association. Absent: unchanged; null: cleared. The API's DTO satisfies it. */
export interface AssociationChanges {
  name?: string;
  slug?: string;
  registration?: Registration;
  address?: { line1: string; line2?: string | null; postalCode: string; city: string; country: string };
  purpose?: string;
  legalCategory?: { code: LegalCategoryCode; details?: LegalCategoryDetails };
  fiscalRegime?: { regime: FiscalRegime; from: string | null };
  receiptNumbering?: ReceiptNumbering;
  signatory?: { name: string; role: string } | null;
  contactEmail?: string;
}

/** What an association cannot be without; the rest follows in its own time. */
export type NewAssociation = AssociationChanges &
  Required<
    Pick<
      AssociationChanges,
      'name' | 'slug' | 'registration' | 'address' | 'purpose' | 'legalCategory' | 'contactEmail'
    >
  >;
