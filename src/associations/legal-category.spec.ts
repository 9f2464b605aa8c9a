import { describe, expect, it } from '@jest/globals';
import { LEGAL_CATEGORIES, type LegalCategoryCode } from './legal-category.data.js';
import {
  articleFaults,
  isLegalCategoryCode,
  legalCategoryFaults,
  printedLegalCategory,
  type LegalCategoryDetails,
} from './legal-category.js';

const all = Object.entries(LEGAL_CATEGORIES) as [
  LegalCategoryCode,
  (typeof LEGAL_CATEGORIES)[LegalCategoryCode],
][];
const faults = (code: string, details: LegalCategoryDetails = {}) =>
  legalCategoryFaults(code, details).map((fault) => `${fault.pointer} ${fault.code}`);

describe('the legal category of a beneficiary', () => {
  it('covers the nineteen lines of the form, and the eight choices of its first line', () => {
    expect([...new Set(all.map(([, category]) => category.box))].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 19 }, (_, i) => i + 1),
    );
    const choices = all.filter(([, category]) => category.withinGeneralInterest);
    expect(new Set(choices.map(([, category]) => category.formWording)).size).toBe(8);
    expect(choices.every(([, category]) => category.box === 1)).toBe(true);
  });

  it('prints no blank and no placeholder once its facts are there', () => {
    const facts = { decreeOn: '1985-03-12', officialJournalOn: '1985-03-15', orderOn: '1990-01-02' } as const;
    for (const [code, category] of all) {
      const known = { ...facts, approvedOn: '2020-02-03', otherText: 'Commune' };
      const details = Object.fromEntries(
        [...category.required, ...category.optional].map((f) => [f, known[f]]),
      );
      expect(legalCategoryFaults(code, details)).toEqual([]);
      const printed = printedLegalCategory(code, details);
      expect(`${printed.box} ${printed.choice}`).not.toMatch(/[{}[\]…]/);
    }
  });

  it('asks a body of public utility for its decree and the day of its publication', () => {
    expect(faults('public_utility')).toEqual(['/decreeOn required', '/officialJournalOn required']);
    expect(faults('public_utility', { decreeOn: '1985-03-12', officialJournalOn: '1985-02-30' })).toEqual([
      '/officialJournalOn date_malformed',
    ]);
    expect(faults('public_utility', { decreeOn: '1985-03-12', officialJournalOn: '1985-03-11' })).toEqual([
      '/officialJournalOn before_decree',
    ]);
    expect(
      printedLegalCategory('public_utility', { decreeOn: '1985-03-12', officialJournalOn: '1985-03-15' })
        .choice,
    ).toBe(
      'Association ou fondation reconnue d’utilité publique par décret en date du 12/03/1985 publié au Journal officiel du 15/03/1985',
    );
  });

  it('mentions an approval only where there is one', () => {
    expect(faults('european_body')).toEqual([]);
    expect(printedLegalCategory('european_body', {}).box).toMatch(/organismes précités\.$/);
    expect(printedLegalCategory('european_body', { approvedOn: '2020-02-03' }).box).toMatch(
      /précités\. Date de l’agrément : 03\/02\/2020$/,
    );
  });

  it('refuses facts of another category, free text without end, and categories it does not know', () => {
    expect(faults('endowment_fund', { approvedOn: '2020-02-03' })).toEqual(['/approvedOn not_applicable']);
    expect(faults('general_interest.other')).toEqual(['/otherText required']);
    expect(faults('general_interest.other', { otherText: 'x'.repeat(161) })).toEqual(['/otherText too_long']);
    expect(faults('toString')).toEqual([' legal_category_unknown']);
    expect(isLegalCategoryCode('general_interest.association_1901')).toBe(true);
  });

  it('lets only the closed list of article 978 certify it', () => {
    const excluded = [
      'general_interest.association_1901',
      'public_utility',
      'endowment_fund',
      'worship',
    ] as const;
    for (const code of excluded) {
      expect(articleFaults(code, ['200', '978']).map((fault) => fault.code)).toEqual([
        'article_978_excluded',
      ]);
      expect(articleFaults(code, ['200'])).toEqual([]);
    }
    expect(articleFaults('public_utility_foundation', ['200', '978'])).toEqual([]);
    expect(all.filter(([, category]) => category.mayCertify978)).toHaveLength(12);
  });

  it('certifies an article of form 2041-RD, never 238 bis, and at least one', () => {
    expect(articleFaults('worship', ['200', '238 bis']).map((fault) => fault.code)).toEqual([
      'article_unknown',
    ]);
    expect(articleFaults('worship', []).map((fault) => fault.code)).toEqual(['required']);
  });
});
