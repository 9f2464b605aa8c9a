import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasLuhnKey, isUnusualRna, parseRegistration, printedRegistration } from './registration.js';

const codes = (input: Parameters<typeof parseRegistration>[0]) =>
  parseRegistration(input).faults?.map((fault) => `${fault.pointer} ${fault.code}`);

describe('the registration of an association', () => {
  it('takes an RNA number as people type it, and stores it bare', () => {
    expect(parseRegistration({ type: 'rna', number: ' w 751 234 567 ' }).registration).toEqual({
      type: 'rna',
      number: 'W751234567',
    });
  });

  it('takes an RNA number with letters, but says that it is unusual', () => {
    expect(parseRegistration({ type: 'rna', number: 'W9R1001234' }).registration?.number).toBe('W9R1001234');
    expect(isUnusualRna('W9R1001234')).toBe(true);
    expect(isUnusualRna('W751234567')).toBe(false);
  });

  it.each(['', 'W75123456', 'W7512345678', '751234567', 'X751234567', 'Wé51234567'])(
    'refuses "%s" as an RNA number',
    (number) => expect(codes({ type: 'rna', number })).toEqual(['/number rna_malformed']),
  );

  it('takes a SIREN number with spaces of any kind and checks its key', () => {
    const siren = { type: 'siren', number: '732829320' };
    expect(parseRegistration({ type: 'siren', number: '732 829\u202f320' }).registration).toEqual(siren);
    expect(parseRegistration({ type: 'siren', number: '732.829.320' }).registration).toEqual(siren);
    expect(codes({ type: 'siren', number: '732829321' })).toEqual(['/number siren_key_wrong']);
    expect(codes({ type: 'siren', number: '000000000' })).toEqual(['/number siren_key_wrong']);
    expect(codes({ type: 'siren', number: '73282932000074' })).toEqual(['/number siren_malformed']);
  });

  it('catches every single mistyped digit of a SIREN number', () => {
    const valid = fc.stringMatching(/^\d{8}$/).map((eight) => {
      for (let key = 0; ; key++) if (hasLuhnKey(eight + key)) return eight + key;
    });
    fc.assert(
      fc.property(valid, fc.nat(8), fc.integer({ min: 1, max: 9 }), (siren, at, shift) => {
        const digit = (Number(siren[at]) + shift) % 10;
        expect(hasLuhnKey(siren.slice(0, at) + digit + siren.slice(at + 1))).toBe(false);
      }),
    );
  });

  it('takes the court register of Alsace-Moselle, which has no RNA', () => {
    expect(
      parseRegistration({
        type: 'alsace_moselle',
        court: ' Tribunal judiciaire  de Strasbourg ',
        number: 'Volume 91, folio 12',
      }).registration,
    ).toEqual({
      type: 'alsace_moselle',
      court: 'Tribunal judiciaire de Strasbourg',
      number: 'Volume 91, folio 12',
    });
    expect(codes({ type: 'alsace_moselle' })).toEqual(['/number required', '/court required']);
    expect(codes({ type: 'alsace_moselle', court: 'x'.repeat(81), number: '1' })).toEqual([
      '/court too_long',
    ]);
  });

  it('refuses a kind of number that does not exist', () => {
    expect(codes({ type: 'ein', number: '1' })).toEqual(['/type registration_type_unknown']);
  });

  it('is printed as the French read it', () => {
    expect(printedRegistration({ type: 'siren', number: '732829320' })).toBe('732 829 320');
    expect(printedRegistration({ type: 'rna', number: 'W751234567' })).toBe('W751234567');
    expect(
      printedRegistration({ type: 'alsace_moselle', number: 'Vol. 91 F° 12', court: 'TJ de Metz' }),
    ).toBe('Vol. 91 F° 12, TJ de Metz');
  });
});
