import { describe, expect, it } from '@jest/globals';
import { Money } from '../kernel/money.js';
import { afterTax, taxReduction } from './tax-rates.js';

const general = { fiscalRegime: 'general' } as const;
const aid = { fiscalRegime: 'aid_to_people' } as const;

describe('the tax reduction of a gift', () => {
  it.each([
    [general, 5_000, '2026-11-22', 1_700],
    [general, 10_000, '2026-11-22', 3_400],
    [aid, 10_000, '2026-11-22', 2_500],
    [aid, 200_000, '2025-10-14', 50_000],
    [aid, 300_000, '2026-11-22', 84_000],
    [aid, 200_000, '2025-10-13', 59_000],
    [{ fiscalRegime: 'none' } as const, 5_000, '2026-11-22', 5_000],
  ])('%j: %d cents on %s cost %d after tax', (association, cents, on, expected) => {
    expect(afterTax(Money.of(cents), association, on).cents).toBe(expected);
  });

  it('is not promised by an association without the right to it', () => {
    expect(taxReduction({ fiscalRegime: 'none' }, '2026-11-22')).toBeNull();
    expect(taxReduction(general, '2026-11-22')).toEqual({ ratePercent: 66, article: '200' });
  });
});
