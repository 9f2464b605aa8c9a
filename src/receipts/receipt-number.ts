export interface ReceiptNumbering {
  prefix: string;
  /** Numbers begin anew each year, so the year is part of them: 2026 or 26. */
  year: 'full' | 'short';
  separator: string;
  digits: number;
}

/** « RF-2026-000123 »: prefix, year and the sequence padded to `digits`; a longer sequence is never cut. */
export function formatReceiptNumber({ prefix, year, separator, digits }: ReceiptNumbering, ofYear: number, sequence: number): string {
  const printedYear = year === 'full' ? String(ofYear) : String(ofYear).slice(-2);
  return [prefix, printedYear, String(sequence).padStart(digits, '0')].filter((part) => part !== '').join(separator);
}
