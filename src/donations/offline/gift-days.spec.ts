import { describe, expect, it } from '@jest/globals';
import { assertDepositedOn, assertReceivedOn } from './gift-days.js';

const TODAY = '2026-11-22';
const fault = (code: string) => expect.objectContaining({ errors: [expect.objectContaining({ code })] });

describe('the day of an offline gift', () => {
  it.each(['2026-11-22', '2026-01-01', '2023-01-01'])('may be %s', (day) => {
    expect(() => assertReceivedOn(day, TODAY)).not.toThrow();
  });

  it('is not tomorrow', () => {
    expect(() => assertReceivedOn('2026-11-23', TODAY)).toThrow(fault('in_the_future'));
  });

  it('is not before the third year back, which no tax office asks for any more', () => {
    expect(() => assertReceivedOn('2022-12-31', TODAY)).toThrow(fault('too_long_ago'));
  });
});

describe('the day of a deposit', () => {
  it('may be the day of receipt', () => {
    expect(() => assertDepositedOn('2026-11-20', TODAY, ['2026-11-20', '2026-11-01'])).not.toThrow();
  });

  it('is not before one of the gifts was there', () => {
    expect(() => assertDepositedOn('2026-11-19', TODAY, ['2026-11-01', '2026-11-20'])).toThrow(
      fault('before_received'),
    );
  });

  it('is not tomorrow', () => {
    expect(() => assertDepositedOn('2026-11-23', TODAY, [])).toThrow(fault('in_the_future'));
  });
});
