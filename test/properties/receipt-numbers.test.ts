import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../src/kernel/ids.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { NextNumber } from '../../src/receipts/next-number.js';
import { formatReceiptNumber } from '../../src/receipts/receipt-number.js';
import { startTestApp, type TestApp } from '../support/app.js';

/** What one receipt does: takes its number and is kept, or fails after it, some moments later. */
interface Step {
  year: number;
  isKept: boolean;
  pauseMs: number;
}

const steps = fc.array(
  fc.record({
    year: fc.constantFrom(2025, 2026),
    isKept: fc.boolean(),
    pauseMs: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 16 },
);

class Failure extends Error {}

describe('receipt numbers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ role: 'web' });
  });
  afterAll(() => app.close());

  /** @returns the number that was kept, or null */
  async function take(associationId: string, { year, isKept, pauseMs }: Step): Promise<number | null> {
    const uow = app.get(UnitOfWork);
    try {
      return await uow.inTenant(associationId, async () => {
        const sequence = await app.get(NextNumber).take(year);
        await uow.query('SELECT pg_sleep($1)', [pauseMs / 1000]);
        if (!isKept) throw new Failure();
        return sequence;
      });
    } catch (error) {
      if (error instanceof Failure) return null;
      throw error;
    }
  }

  it('are 1, 2, 3… per association and year, whoever takes them at once and whoever fails', async () => {
    await fc.assert(
      fc.asyncProperty(steps, steps, async (mine, theirs) => {
        const [one, other] = [newId(), newId()];
        const all = [
          ...mine.map((step) => ({ step, association: one })),
          ...theirs.map((step) => ({ step, association: other })),
        ];
        const kept = await Promise.all(
          all.map(async ({ step, association }) => ({
            association,
            year: step.year,
            sequence: await take(association, step),
          })),
        );
        for (const association of [one, other]) {
          for (const year of [2025, 2026]) {
            const sequences = kept
              .filter((it) => it.association === association && it.year === year && it.sequence !== null)
              .map(({ sequence }) => sequence!)
              .sort((a, b) => a - b);
            expect(sequences).toEqual(sequences.map((_, i) => i + 1));
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('one after the other they follow the order of asking', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const associationId = newId();
        const expected = new Map<number, number>();
        for (const step of sequence) {
          const number = await take(associationId, { ...step, pauseMs: 0 });
          if (!step.isKept) continue;
          expected.set(step.year, (expected.get(step.year) ?? 0) + 1);
          expect(number).toBe(expected.get(step.year));
        }
      }),
      { numRuns: 25 },
    );
  });

  const numbering = fc.record({
    prefix: fc.constantFrom('', 'RF', 'A-1', '2026'),
    year: fc.constantFrom('full' as const, 'short' as const),
    separator: fc.constantFrom('-' as const, '/' as const, '.' as const, '' as const),
    digits: fc.integer({ min: 3, max: 9 }),
  });

  it('are never printed alike within a year, and a long one is never cut', () => {
    const sequence = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(
        numbering,
        fc.integer({ min: 2020, max: 2099 }),
        sequence,
        sequence,
        (format, year, a, b) => {
          const [first, second] = [
            formatReceiptNumber(format, year, a),
            formatReceiptNumber(format, year, b),
          ];
          expect(first === second).toBe(a === b);
          expect(first.endsWith(String(a))).toBe(true);
          expect(first.startsWith(format.prefix)).toBe(true);
        },
      ),
    );
  });

  it('sort by their text as by their order, as long as the digits last', () => {
    fc.assert(
      fc.property(numbering, fc.nat({ max: 997 }), (format, n) => {
        const [earlier, later] = [n + 1, n + 2].map((sequence) =>
          formatReceiptNumber(format, 2026, sequence),
        );
        expect(earlier! < later!).toBe(true);
      }),
    );
  });
});
