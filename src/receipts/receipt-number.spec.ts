import { describe, expect, it } from '@jest/globals';
import { formatReceiptNumber } from './receipt-number.js';

describe('a receipt number', () => {
  it.each([
    [{ prefix: '', year: 'full', separator: '-', digits: 6 }, '2026-000123'],
    [{ prefix: 'RF', year: 'short', separator: '/', digits: 4 }, 'RF/26/0123'],
    [{ prefix: 'JP', year: 'full', separator: '', digits: 3 }, 'JP2026123'],
  ] as const)('follows the association’s format %j', (numbering, expected) => {
    expect(formatReceiptNumber(numbering, 2026, 123)).toBe(expected);
  });

  it('is never cut when a year has more receipts than digits', () => {
    expect(formatReceiptNumber({ prefix: '', year: 'full', separator: '-', digits: 3 }, 2026, 12_345)).toBe(
      '2026-12345',
    );
  });
});
