import { describe, expect, it } from '@jest/globals';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import { wordGiftErrors } from './gift-errors.js';

const french = new TemplateEngine().translator('fr');
const BOUNDS = { min: '1 €', max: '10 000 €' };
const word = (...errors: [pointer: string, code: string][]) =>
  wordGiftErrors(
    errors.map(([pointer, code]) => ({ pointer, code, detail: 'for developers' })),
    french,
    BOUNDS,
  );

describe('wordGiftErrors', () => {
  it('says what would be right, with the values of the form', () => {
    expect(word(['/amount', 'below_minimum']).byField.amount).toBe('Le don minimum est de 1 €.');
  });

  it('an error inside a field is the field’s', () => {
    expect(word(['/amount/cents', 'malformed_amount']).byField.amount).toMatch('en chiffres');
  });

  it('a missing address is said at its first line', () => {
    expect(word(['/donor/address', 'address_required_for_receipt']).byField.line1).toMatch('la loi');
  });

  it('the summary follows the page, not the validator, and says each field once', () => {
    const { summary } = word(
      ['/message', 'too_long'],
      ['/donor/email', 'malformed_email'],
      ['/donor/email', 'too_short'],
      ['/amount', 'required'],
    );
    expect(summary.map(({ field }) => field)).toEqual(['amount', 'email', 'message']);
  });

  it('a code nobody foresaw still gets a sentence', () => {
    expect(word(['/donor/address/city', 'invalid_moon_phase']).byField.city).toMatch(/^Commune.*vérifiez/);
  });

  it('a fault that no field shows is not swallowed', () => {
    const { summary } = word(['/donor/shoeSize', 'unknown_field'], ['', 'malformed_json']);
    expect(summary).toEqual([{ text: french.t('gift.errors.any.other') }]);
  });
});
