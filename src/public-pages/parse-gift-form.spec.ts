import { describe, expect, it } from '@jest/globals';
import { parseGiftForm } from './parse-gift-form.js';

const FILLED = {
  requestKey: 'key',
  locale: 'fr',
  amount: '2000',
  otherAmount: '',
  firstName: ' Zoé ',
  lastName: 'Ng',
  email: 'zoe@example.org',
  line1: '',
  line2: '',
  postalCode: '',
  city: '',
  country: 'FR',
  displayName: '',
  message: '',
};
const ADDRESS = { line1: '1 rue des Lilas', line2: '', postalCode: '69001', city: 'Lyon', country: 'FR' };

describe('parseGiftForm', () => {
  it('makes the very body that the API takes', () => {
    expect(parseGiftForm(FILLED)).toMatchObject({ requestKey: 'key', errors: [] });
    expect(parseGiftForm(FILLED).input).toEqual({
      amount: { cents: 2000, currency: 'EUR' },
      frequency: 'once',
      donor: { kind: 'individual', firstName: 'Zoé', lastName: 'Ng', email: 'zoe@example.org' },
      wantsReceipt: false,
      locale: 'fr',
    });
  });

  it.each([
    ['35', 3500],
    ['12,5', 1250],
    ['1 234,56 €', 123456],
    ['0.10', 10],
  ])('a free amount written "%s" is %i cents', (otherAmount, cents) => {
    const { input, errors } = parseGiftForm({ ...FILLED, amount: 'other', otherAmount });
    expect(errors).toEqual([]);
    expect(input.amount).toEqual({ cents, currency: 'EUR' });
  });

  it('an amount written without ticking its tile counts', () => {
    expect(parseGiftForm({ ...FILLED, amount: undefined, otherAmount: '35' }).input.amount?.cents).toBe(3500);
  });

  it.each([
    ['nothing chosen', { amount: undefined }, 'required'],
    ['the free tile left empty', { amount: 'other' }, 'required'],
    ['letters', { amount: 'other', otherAmount: 'beaucoup' }, 'malformed_amount'],
    ['a negative amount', { amount: 'other', otherAmount: '-5' }, 'malformed_amount'],
    ['a forged suggestion', { amount: '20e3' }, 'malformed_amount'],
    ['two different amounts', { otherAmount: '35' }, 'two_amounts'],
  ])('%s is asked again, never guessed', (_case, change, code) => {
    const { input, errors } = parseGiftForm({ ...FILLED, ...change });
    expect(input.amount).toBeUndefined();
    expect(errors).toMatchObject([{ pointer: '/amount', code }]);
  });

  it('the same amount chosen and written is no contradiction', () => {
    expect(parseGiftForm({ ...FILLED, otherAmount: '20' }).errors).toEqual([]);
  });

  it('keeps the address only when a receipt or the form needs it', () => {
    const filled = { ...FILLED, ...ADDRESS };
    const kept = { line1: '1 rue des Lilas', postalCode: '69001', city: 'Lyon', country: 'FR' };
    expect(parseGiftForm(filled).input.donor.address).toBeUndefined();
    expect(parseGiftForm({ ...filled, wantsReceipt: 'yes' }).input.donor.address).toEqual(kept);
    expect(parseGiftForm(filled, { addressRequired: true }).input.donor.address).toEqual(kept);
    expect(parseGiftForm(filled).typed.line1).toBe('1 rue des Lilas');
  });

  it('a country alone is no address', () => {
    expect(parseGiftForm({ ...FILLED, wantsReceipt: 'yes' }).input.donor).not.toHaveProperty('address');
  });

  it('fields sent twice, or as files, are empty rather than a crash', () => {
    const { input } = parseGiftForm({ ...FILLED, firstName: ['a', 'b'], email: { x: 1 } });
    expect(input.donor).toEqual({ kind: 'individual', lastName: 'Ng' });
  });

  describe('a contribution to the platform', () => {
    const tip = (fields: object) => parseGiftForm({ ...FILLED, ...fields });

    it.each([
      ['not asked for', {}],
      ['left at nothing', { tip: '0', otherTip: '' }],
      ['« Autre » left empty', { tip: 'other', otherTip: ' ' }],
      ['written as nothing', { tip: 'other', otherTip: '0' }],
    ])('%s is none', (_case, fields) => {
      expect(tip(fields).errors).toEqual([]);
      expect(tip(fields).input).not.toHaveProperty('tip');
    });

    it.each([
      ['chosen', { tip: '200' }, 200],
      ['written', { tip: 'other', otherTip: '2,50' }, 250],
      ['written, in a browser that sends no choice', { otherTip: '3' }, 300],
    ])('%s is beside the gift', (_case, fields, cents) => {
      expect(tip(fields).errors).toEqual([]);
      expect(tip(fields).input).toMatchObject({
        amount: { cents: 2000, currency: 'EUR' },
        tip: { cents, currency: 'EUR' },
      });
    });

    it.each([
      ['written although nothing is ticked', { tip: '0', otherTip: '5' }, 'two_amounts'],
      ['in letters', { tip: 'other', otherTip: 'un peu' }, 'malformed_amount'],
      ['forged', { tip: '-100' }, 'malformed_amount'],
    ])('%s is asked again, never guessed', (_case, fields, code) => {
      expect(tip(fields).input).not.toHaveProperty('tip');
      expect(tip(fields).errors).toMatchObject([{ pointer: '/tip', code }]);
    });
  });
});
