import { describe, expect, it } from '@jest/globals';
import { isMoneyOnTheMove, nextLook, type Looked } from './next-look.js';
import type { ProviderPayment } from './providers/payment-provider.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const born = new Date('2026-01-31T22:00:00Z');
const after = (ms: number) => new Date(born.getTime() + ms);

/** How long after its birth, or its payment, it is looked at again when it was looked at after `ms`. */
function next(ms: number, looked: Partial<Looked>): number | null {
  const at = nextLook(
    { state: 'open', createdAt: born, paidAt: born, expiresAt: null, isMoneyOnTheMove: false, ...looked },
    after(ms),
  );
  return at && at.getTime() - born.getTime();
}

describe('an undecided payment', () => {
  it.each(['open', 'pending', 'authorized'] as const)('that is %s is looked at ever more rarely', (state) => {
    expect(next(0, { state })).toBe(5 * MINUTE);
    expect(next(50 * MINUTE, { state })).toBe(55 * MINUTE);
    expect(next(10 * HOUR, { state })).toBe(11 * HOUR);
    expect(next(10 * DAY, { state })).toBe(11 * DAY);
  });

  it('is looked at beyond the 26 hours of webhooks, until long after its end', () => {
    const expiresAt = after(HOUR);
    expect(next(5 * DAY, { expiresAt })).toBe(5.5 * DAY);
    expect(next(30 * DAY, { expiresAt })).toBe(33 * DAY);
    expect(next(31 * DAY, { expiresAt })).toBeNull();
    expect(next(129 * DAY, {})).not.toBeNull();
    expect(next(131 * DAY, {})).toBeNull();
  });
});

describe('a paid payment', () => {
  it('is looked at after 1, 3, 7 and 14 days, then monthly for 14 months', () => {
    const days: number[] = [];
    for (let day: number | null = 0; day !== null;) {
      const at = next(day * DAY, { state: 'paid' });
      day = at === null ? null : at / DAY;
      if (day !== null) days.push(day);
    }
    const months = Array.from({ length: 14 }, (_, month) => 30 * (month + 1));
    expect(days).toEqual([1, 3, 7, 14, ...months]);
  });

  it('looked at in between, goes on with its plan', () => {
    expect(next(4 * DAY, { state: 'paid' })).toBe(7 * DAY);
  });

  it('with money on the move is looked at daily, and for as long as it takes', () => {
    const moving = { state: 'paid', isMoneyOnTheMove: true } as const;
    expect(next(HOUR, moving)).toBe(DAY);
    expect(next(4 * DAY, moving)).toBe(5 * DAY);
    expect(next(500 * DAY, moving)).toBe(501 * DAY);
  });
});

it.each(['created', 'failed', 'canceled', 'expired'] as const)('what is %s is not looked at', (state) => {
  expect(next(HOUR, { state })).toBeNull();
});

describe('money is on the move', () => {
  const told = (refunds: string[], chargebacks: Array<[ageDays: number, isReversed: boolean]>) =>
    ({
      refunds: refunds.map((status) => ({ status })),
      chargebacks: chargebacks.map(([ageDays, isReversed]) => ({
        createdAt: after(-ageDays * DAY),
        reversedAt: isReversed ? born : null,
      })),
    }) as unknown as ProviderPayment;

  it.each([
    [true, ['queued'], []],
    [true, ['refunded', 'pending'], []],
    [true, ['processing'], []],
    [true, ['unrecognised'], []],
    [false, ['refunded', 'failed', 'canceled'], []],
    [true, [], [[119, false]]],
    [false, [], [[121, false]]],
    [false, [], [[1, true]]],
    [false, [], []],
  ] as Array<[boolean, string[], Array<[number, boolean]>]>)(
    '%s with refunds %j and chargebacks %j',
    (moves, refunds, chargebacks) => {
      expect(isMoneyOnTheMove(told(refunds, chargebacks), 120, born)).toBe(moves);
    },
  );
});
