import type { ReceiptNumbering } from '../associations/index.js';

/** « RF-2026-000123 »: prefix, year and the sequence padded to `digits`; a longer sequence is never cut. */
export function formatReceiptNumber(
  { prefix, year, separator, digits }: ReceiptNumbering,
  ofYear: number,
  sequence: number,
): string {
  const printedYear = year === 'full' ? String(ofYear) : String(ofYear).slice(-2);
  return [prefix, printedYear, String(sequence).padStart(digits, '0')]
    .filter((part) => part !== '')
    .join(separator);
}
