import type { LegalDate } from './clock.js';
import { DomainError } from './domain-error.js';

const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const;

/** Is the text a day of the calendar, "2026-02-28"? 30 February is none. */
export function isLegalDate(text: string): text is LegalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** « 22 novembre 2026 », « 1er janvier 2027 ». @throws DomainError `date_malformed` */
export function longFrenchDate(day: LegalDate): string {
  const [year, month, date] = parts(day);
  return `${date === 1 ? '1er' : date} ${MONTHS[month - 1]} ${year}`;
}

/** « 22/11/2026 », as forms want it. @throws DomainError `date_malformed` */
export function shortFrenchDate(day: LegalDate): string {
  parts(day);
  return day.split('-').reverse().join('/');
}

function parts(day: LegalDate): [year: number, month: number, date: number] {
  if (!isLegalDate(day)) throw new DomainError('invalid', 'date_malformed', `"${day}" is no calendar day.`);
  return day.split('-').map(Number) as [number, number, number];
}
