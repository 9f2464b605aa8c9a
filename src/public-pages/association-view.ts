import { receiptEligibility, type Association } from '../associations/index.js';
import type { Form } from '../forms/index.js';
import type { LegalDate } from '../kernel/clock.js';
import { DEFAULT_ACCENT } from '../platform/templates/accent-theme.js';
import type { AssociationView } from './public-page.view.js';

/** @param form whose colours and logo the page wears */
export function toAssociationView(
  association: Association,
  today: LegalDate,
  form?: Form | null,
): AssociationView {
  return {
    name: association.name,
    slug: association.slug,
    object: association.object,
    colour: form?.colour ?? DEFAULT_ACCENT,
    isEligible: receiptEligibility(association, today).length === 0,
    contactEmail: association.contactEmail,
    ...(form?.logoFileId && { logoUrl: `/${association.slug}/${form.slug}/logo` }),
  };
}
