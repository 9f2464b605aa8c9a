import { describe, expect, it } from '@jest/globals';
import { receiptEligibility } from './receipt-eligibility.js';

const eligible: Parameters<typeof receiptEligibility>[0] = {
  fiscalRegime: 'general',
  fiscalRegimeFrom: '2020-01-01',
  signatoryName: 'Amina Diallo',
  signatoryRole: 'Trésorière',
  object: 'Créer des jardins',
  legalCategory: 'general_interest.association_1901',
  legalDetails: {},
};

describe('an association may issue receipts', () => {
  it('when it has a regime, a signatory, an object and a complete category', () => {
    expect(receiptEligibility(eligible, '2026-11-22')).toEqual([]);
    expect(receiptEligibility(eligible, '2020-01-01')).toEqual([]);
  });

  it.each([
    [{ fiscalRegime: 'none' } as const, 'no_fiscal_regime'],
    [{ fiscalRegimeFrom: '2026-11-23' }, 'regime_not_started'],
    [{ signatoryName: null }, 'signatory_missing'],
    [{ signatoryRole: '' }, 'signatory_missing'],
    [{ object: ' ' }, 'object_missing'],
  ])('not with %j', (change, fault) => {
    expect(receiptEligibility({ ...eligible, ...change }, '2026-11-22')).toEqual([fault]);
  });
});
