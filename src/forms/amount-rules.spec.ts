import { describe, expect, it } from '@jest/globals';
import { Money } from '../kernel/money.js';
import { amountFaults, assertAmountAccepted, assertPublishable } from './amount-rules.js';

const form = {
  minimumCents: 500,
  maximumCents: 100_000,
  suggestedAmounts: [{ cents: 2_000 }, { cents: 5_000 }],
  allowsFreeAmount: true,
  currency: 'EUR',
  goalCents: null,
} as const;
const rules = { ...form, suggestedAmounts: [...form.suggestedAmounts] };
const fault = (code: string) => expect.objectContaining({ errors: [expect.objectContaining({ code })] });

describe('a form takes', () => {
  it.each([500, 501, 100_000])('%d cents, between its bounds', (cents) => {
    expect(() => assertAmountAccepted(rules, Money.of(cents))).not.toThrow();
  });

  it.each([
    [499, 'below_minimum'],
    [0, 'below_minimum'],
    [-5_000, 'below_minimum'],
    [100_001, 'above_maximum'],
  ])('not %d cents: %s', (cents, code) => {
    expect(() => assertAmountAccepted(rules, Money.of(cents))).toThrow(fault(code));
  });

  it('only its suggestions when it takes no free amount', () => {
    const fixed = { ...rules, allowsFreeAmount: false };
    expect(() => assertAmountAccepted(fixed, Money.of(2_000))).not.toThrow();
    expect(() => assertAmountAccepted(fixed, Money.of(2_001))).toThrow(fault('amount_not_offered'));
  });
});

describe('a form’s amounts', () => {
  it('fit together', () => {
    expect(amountFaults(rules)).toEqual([]);
    const codes = amountFaults({ ...rules, minimumCents: 3_000, maximumCents: 2_000 }).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['below_minimum', 'outside_bounds', 'outside_bounds']);
    expect(amountFaults({ ...rules, suggestedAmounts: [{ cents: 500 }, { cents: 500 }] })[0]?.code).toBe(
      'duplicate',
    );
  });

  it('leave a visitor something to give before it is published', () => {
    expect(() => assertPublishable({ ...rules, suggestedAmounts: [], allowsFreeAmount: false })).toThrow(
      expect.objectContaining({ code: 'form_not_ready' }),
    );
  });
});
