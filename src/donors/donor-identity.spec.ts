import { describe, expect, it } from '@jest/globals';
import { identityKey } from './donor-identity.js';

const zoe = { kind: 'individual', firstName: 'Zoé', lastName: 'Martin', email: 'zoe@example.org' } as const;

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
});
