import { describe, expect, it } from '@jest/globals';
import { identityKey as keyOf, type DonorIdentity } from './donor-identity.js';

const zoe = { kind: 'individual', firstName: 'Zoé', lastName: 'Martin', email: 'zoe@example.org' } as const;

const home = { line1: '8 rue des Écluses', postalCode: '75010', city: 'Paris', country: 'FR' };
const identityKey = (identity: DonorIdentity) => keyOf(identity, null);

describe('donor identity', () => {
  it('is the same whatever the case, the accents and the spaces', () => {
    expect(identityKey({ ...zoe, firstName: ' zoe', lastName: 'MARTIN ', email: 'Zoe@Example.org' })).toBe(
      identityKey(zoe),
    );
  });

  it('is the same with a hyphen, a space or either apostrophe', () => {
    const one = identityKey({ ...zoe, firstName: 'Jean-Marc', lastName: "L'Hôte" });
    expect(identityKey({ ...zoe, firstName: 'jean marc', lastName: 'L’Hôte' })).toBe(one);
  });

  it('differs for two people who share a mailbox', () => {
    expect(identityKey({ ...zoe, firstName: 'Paul' })).not.toBe(identityKey(zoe));
  });

  it('differs for the same name under another address', () => {
    expect(identityKey({ ...zoe, email: 'z@example.org' })).not.toBe(identityKey(zoe));
  });

  it('keeps names of other scripts apart', () => {
    expect(identityKey({ ...zoe, firstName: 'Юлия' })).not.toBe(identityKey({ ...zoe, firstName: 'Ольга' }));
  });

  it('is the same under one mail address, wherever the donor lives', () => {
    expect(keyOf(zoe, home)).toBe(keyOf(zoe, { ...home, line1: '1 place du Marché' }));
  });

  it('without a mail address is that of the name at its postal address', () => {
    const posted = { ...zoe, email: null };
    expect(keyOf(posted, home)).toBe(
      keyOf(posted, { ...home, line1: '8, RUE DES ECLUSES'.replace(',', '') }),
    );
    expect(keyOf(posted, home)).not.toBe(keyOf(posted, { ...home, line1: '9 rue des Écluses' }));
    expect(keyOf(posted, home)).not.toBe(keyOf(zoe, home));
  });

  it('with neither is nobody’s but its own', () => {
    expect(keyOf({ ...zoe, email: null }, null)).not.toBe(keyOf({ ...zoe, email: null }, null));
  });
});
