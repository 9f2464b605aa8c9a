import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { innerId, newId, publicId, tryInnerId } from './ids.js';
import { newScopedToken, tokenAssociation } from './scoped-token.js';

describe('ids', () => {
  it('a public id leads back to its row', () => {
    for (let i = 0; i < 100; i++) {
      const id = newId();
      expect(innerId('donation', publicId('donation', id))).toBe(id);
    }
  });

  it('an id of another kind is the id of nothing', () => {
    expect(tryInnerId('form', publicId('donation', newId()))).toBeUndefined();
    expect(() => innerId('apiKey', 'nonsense')).toThrow(
      expect.objectContaining({ code: 'api_key_not_found' }),
    );
  });

  it('no text makes reading an id fail otherwise', () => {
    fc.assert(fc.property(fc.string(), (text) => void tryInnerId('donation', `don_${text}`)));
    expect(tryInnerId('donation', `don_${'v'.repeat(26)}`)).toBeUndefined();
  });

  it('ids grow with time, so that newest first is an order of ids', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect([...ids].sort()).toEqual(ids);
  });
});

describe('a scoped token', () => {
  it('says whose it is', () => {
    const associationId = newId();
    expect(tokenAssociation(newScopedToken(associationId))).toBe(associationId);
  });

  it.each(['', 'short', 'é'.repeat(60), `${'A'.repeat(53)}=`, '../../etc/passwd'])('%p is none', (text) => {
    expect(tokenAssociation(text)).toBeUndefined();
  });

  it('is never the same twice', () => {
    const associationId = newId();
    expect(new Set(Array.from({ length: 500 }, () => newScopedToken(associationId))).size).toBe(500);
  });
});
