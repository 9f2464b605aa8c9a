import { describe, expect, it } from '@jest/globals';
import { failureOf, retryAfterMs } from './mollie-failure.js';

describe('a call that was not answered with yes', () => {
  it.each([400, 401, 403, 404, 410, 422])('%i is a no: it is not asked again', (status) => {
    const failure = failureOf(status, { detail: 'no', field: 'amount' }, undefined);
    expect(failure.retryable).toBe(false);
    expect(failure.answer).toMatchObject({ outcome: 'refused', field: 'amount' });
  });

  it.each([301, 408, 409, 425, 429, 500, 502, 503, 504])('%i decides nothing: later perhaps', (status) => {
    const failure = failureOf(status, { detail: 'later' }, '7');
    expect(failure.retryable).toBe(true);
    expect(failure.answer).toMatchObject({ outcome: 'unknown', retryAfterMs: 7000 });
  });

  it('a 4xx that is not JSON was not said by Mollie', () => {
    expect(failureOf(403, null, undefined).answer.outcome).toBe('unknown');
  });

  it('Retry-After is seconds or a date, or ignored', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs('Sun, 22 Nov 2026 10:00:30 GMT', now)).toBe(30_000);
    expect(retryAfterMs('Sun, 22 Nov 2026 09:00:00 GMT', now)).toBe(0);
    expect(retryAfterMs('soon', now)).toBeNull();
    expect(retryAfterMs(undefined, now)).toBeNull();
  });
});
