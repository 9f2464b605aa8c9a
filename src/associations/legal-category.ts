import type { FieldError } from '../kernel/domain-error.js';
import { isLegalDate, shortFrenchDate } from '../kernel/french-date.js';
import {
  LEGAL_CATEGORIES,
  type LegalCategoryCode,
  type LegalCategoryFact,
  GENERAL_INTEREST_WORDING,
} from './legal-category.data.js';

/** The facts a category asks for; each is absent where it does not apply. Dates are "2026-11-22". */
export type LegalCategoryDetails = Partial<Record<LegalCategoryFact, string>>;

/** Articles of the general tax code that form 2041-RD may certify. */
export const RECEIPT_ARTICLES = ['200', '978'] as const;
export type ReceiptArticle = (typeof RECEIPT_ARTICLES)[number];

const FREE_TEXT_MAX = 160;

export function isLegalCategoryCode(code: string): code is LegalCategoryCode {
  return Object.hasOwn(LEGAL_CATEGORIES, code);
}

/** What is wrong with a category and its facts; empty when a receipt may carry it. Pointers start at the details. */
export function legalCategoryFaults(code: string, details: LegalCategoryDetails): FieldError[] {
  if (!isLegalCategoryCode(code)) {
    return [
      { pointer: '', code: 'legal_category_unknown', detail: `Form 2041-RD has no category "${code}".` },
    ];
  }
  const category = LEGAL_CATEGORIES[code];
  const faults: FieldError[] = [];
  for (const fact of category.required) {
    if (!details[fact]?.trim()) faults.push(factFault(fact, 'required', `${fact} is part of this category.`));
  }
  for (const [fact, value] of Object.entries(details) as [LegalCategoryFact, string | undefined][]) {
    if (value !== undefined && value.trim() !== '') faults.push(...factFaults(code, fact, value));
  }
  const { decreeOn, officialJournalOn } = details;
  if (faults.length === 0 && decreeOn && officialJournalOn && officialJournalOn < decreeOn) {
    faults.push(
      factFault('officialJournalOn', 'before_decree', 'A decree is published after it was signed.'),
    );
  }
  return faults;
}

/** Which of the articles this category may not certify: 978 has a closed list (wealth tax, CGI art. 978 I). */
export function articleFaults(code: LegalCategoryCode, articles: readonly string[]): FieldError[] {
  const faults: FieldError[] = [];
  if (articles.length === 0) faults.push(articleFault('required', 'Certify at least one article.'));
  if (articles.some((article) => !RECEIPT_ARTICLES.includes(article as ReceiptArticle))) {
    faults.push(articleFault('article_unknown', 'Form 2041-RD certifies articles 200 and 978 only.'));
  }
  if (articles.includes('978') && !LEGAL_CATEGORIES[code].mayCertify978) {
    faults.push(
      articleFault('article_978_excluded', 'This category is not in the closed list of article 978.'),
    );
  }
  return faults;
}

/** The category as a receipt prints it: the box of the form, and what is chosen inside the first box. */
export interface PrintedLegalCategory {
  box: string;
  choice?: string;
}

/** Form 2041-RD, note 2: the association may print its own category only. Call it on a category without faults. */
export function printedLegalCategory(
  code: LegalCategoryCode,
  details: LegalCategoryDetails,
): PrintedLegalCategory {
  const category = LEGAL_CATEGORIES[code];
  const wording = category.printed
    .replace(/\s*\[\[(.*?)\]\]/, (_, optional: string) =>
      category.optional.some((fact) => details[fact]) ? ` ${optional}` : '',
    )
    .replace(/\{(\w+)\}/g, (_, fact: LegalCategoryFact) => printedFact(fact, details[fact] ?? ''));
  return category.withinGeneralInterest
    ? { box: GENERAL_INTEREST_WORDING, choice: wording }
    : { box: wording };
}

function printedFact(fact: LegalCategoryFact, value: string): string {
  return fact === 'otherText' ? value.replace(/\s+/gu, ' ').trim() : shortFrenchDate(value);
}

function factFaults(code: LegalCategoryCode, fact: LegalCategoryFact, value: string): FieldError[] {
  const { required, optional } = LEGAL_CATEGORIES[code];
  if (![...required, ...optional].includes(fact)) {
    return [factFault(fact, 'not_applicable', `This category does not carry ${fact}.`)];
  }
  if (fact === 'otherText') {
    const isLong = value.length > FREE_TEXT_MAX;
    return isLong ? [factFault(fact, 'too_long', `At most ${FREE_TEXT_MAX} characters.`)] : [];
  }
  return isLegalDate(value)
    ? []
    : [factFault(fact, 'date_malformed', `"${value}" is no calendar day (yyyy-mm-dd).`)];
}

function factFault(fact: LegalCategoryFact, code: string, detail: string): FieldError {
  return { pointer: `/${fact}`, code, detail };
}

function articleFault(code: string, detail: string): FieldError {
  return { pointer: '/articles', code, detail };
}
