import type { LegalDate } from '../kernel/clock.js';
import { Money } from '../kernel/money.js';
import type { FiscalRegime } from './association.entity.js';

interface TaxRate {
  regime: Exclude<FiscalRegime, 'none'>;
  /** First day of validity, for gifts made from then on. */
  from: LegalDate;
  ratePercent: number;
  /** Above it the general rate holds; null: no ceiling but that of a fifth of the taxable income. */
  ceiling: Money | null;
  source: string;
}

/** Newest first within a regime. Changes of the law are new lines, never edits. */
const RATES: readonly TaxRate[] = [
  { regime: 'general', from: '2005-01-01', ratePercent: 66, ceiling: null, source: 'CGI art. 200, 1' },
  {
    regime: 'aid_to_people',
    from: '2025-10-14',
    ratePercent: 75,
    ceiling: Money.of(200_000),
    source: 'CGI art. 200, 1 ter; loi n° 2026-103 du 19 février 2026, art. 28',
  },
  {
    regime: 'aid_to_people',
    from: '2020-01-01',
    ratePercent: 75,
    ceiling: Money.of(100_000),
    source: 'CGI art. 200, 1 ter',
  },
];

export interface TaxReduction {
  ratePercent: number;
  article: '200';
}

function rateOn(regime: FiscalRegime, on: LegalDate): TaxRate | undefined {
  return RATES.find((rate) => rate.regime === regime && rate.from <= on);
}

/** The rate that a donor's gift enjoys on a day; null when the association gives none. */
export function taxReduction(
  { fiscalRegime }: { fiscalRegime: FiscalRegime },
  on: LegalDate,
): TaxReduction | null {
  const rate = rateOn(fiscalRegime, on);
  return rate ? { ratePercent: rate.ratePercent, article: '200' } : null;
}

/**
 * What a gift costs after the reduction, for a person who pays income tax in France and gives nothing else this
 * year: above the ceiling of 75 % the general rate holds. An order of size for the page, not a promise.
 */
export function afterTax(
  amount: Money,
  { fiscalRegime }: { fiscalRegime: FiscalRegime },
  on: LegalDate,
): Money {
  const rate = rateOn(fiscalRegime, on);
  if (!rate) return amount;
  if (!rate.ceiling || amount.compare(rate.ceiling) <= 0)
    return amount.minus(amount.percent(rate.ratePercent));
  const above = amount.minus(rate.ceiling);
  const general = rateOn('general', on)!;
  return amount.minus(rate.ceiling.percent(rate.ratePercent)).minus(above.percent(general.ratePercent));
}
