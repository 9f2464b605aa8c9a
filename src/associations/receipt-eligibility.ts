import type { LegalDate } from '../kernel/clock.js';
import type { Association } from './association.entity.js';
import { legalCategoryFaults } from './legal-category.js';

/** What keeps an association from issuing receipts. */
export type EligibilityFault =
  | 'no_fiscal_regime'
  | 'regime_not_started'
  | 'signatory_missing'
  | 'object_missing'
  | 'legal_category_incomplete';

type Facts = Pick<
  Association,
  | 'fiscalRegime'
  | 'fiscalRegimeFrom'
  | 'signatoryName'
  | 'signatoryRole'
  | 'object'
  | 'legalCategory'
  | 'legalDetails'
>;

/** Empty: gifts paid on that day may have receipts (CGI art. 200; the receipt must name who signs, BOI-IR-RICI-250-40). */
export function receiptEligibility(association: Facts, paidOn: LegalDate): EligibilityFault[] {
  const {
    fiscalRegime,
    fiscalRegimeFrom,
    signatoryName,
    signatoryRole,
    object,
    legalCategory,
    legalDetails,
  } = association;
  const checks: Array<[boolean, EligibilityFault]> = [
    [fiscalRegime === 'none', 'no_fiscal_regime'],
    [
      fiscalRegime !== 'none' && (fiscalRegimeFrom === null || fiscalRegimeFrom > paidOn),
      'regime_not_started',
    ],
    [!signatoryName || !signatoryRole, 'signatory_missing'],
    [object.trim() === '', 'object_missing'],
    [legalCategoryFaults(legalCategory, legalDetails).length > 0, 'legal_category_incomplete'],
  ];
  return checks.flatMap(([isFault, fault]) => (isFault ? [fault] : []));
}
