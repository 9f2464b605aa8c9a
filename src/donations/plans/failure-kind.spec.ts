import { describe, expect, it } from '@jest/globals';
import { failureKind, forbidsMail, nextAttemptOn } from './failure-kind.js';

describe('a failed charge', () => {
  it.each([
    'insufficient_funds',
    'AM04',
    'refused_by_issuer',
    'card_declined',
    'unknown_reason',
    'authentication_required',
  ])('%s may go through later', (reason) => expect(failureKind(reason)).toBe('soft'));

  it.each(['card_expired', 'inactive_card', 'possible_fraud', 'gone', 'AC04', 'AC06', 'MD01', 'MD07'])(
    '%s will not go through again',
    (reason) => expect(failureKind(reason)).toBe('hard'),
  );

  it.each([
    'payment_account_disconnected',
    'unauthorized',
    'forbidden',
    'not_found',
    'never_reached_provider',
  ])('%s is no affair of the donor', (reason) => expect(failureKind(reason)).toBe('ours'));

  it('without a reason, or for one nobody knows, is tried again rather than ended', () => {
    expect([failureKind(null), failureKind('XX99'), failureKind('constructor')]).toEqual([
      'soft',
      'soft',
      'soft',
    ]);
  });

  it('soft is tried again 3, 7 and 14 days after the first refusal, and then no more', () => {
    const on = (today: string) => nextAttemptOn('soft', '2026-11-22', today);
    expect([on('2026-11-22'), on('2026-11-25'), on('2026-11-29'), on('2026-12-06')]).toEqual([
      '2026-11-25',
      '2026-11-29',
      '2026-12-06',
      null,
    ]);
    expect(on('2026-11-24')).toBe('2026-11-25');
  });

  it('of ours is tried daily for two weeks, hard never', () => {
    expect(nextAttemptOn('ours', '2026-11-22', '2026-11-22')).toBe('2026-11-23');
    expect(nextAttemptOn('ours', '2026-11-22', '2026-12-06')).toBeNull();
    expect(nextAttemptOn('hard', '2026-11-22', '2026-11-22')).toBeNull();
  });

  it('writes to nobody when the holder has died', () => {
    expect([forbidsMail('MD07'), forbidsMail('AM04'), forbidsMail(null)]).toEqual([true, false, false]);
  });
});
