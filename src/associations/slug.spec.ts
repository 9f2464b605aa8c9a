import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RESERVED_SLUGS, associationSlugSchema, formSlugSchema, slugSchema } from './slug.js';

const isSlug = (text: string) => slugSchema.safeParse(text).success;

describe('a slug', () => {
  it.each(['ab', 'les-jardins-partages', '3615', 'a-1', 'a'.repeat(60)])('may be "%s"', (text) =>
    expect(isSlug(text)).toBe(true),
  );

  it.each([
    ...['', 'a', 'a'.repeat(61), 'Jardins', 'jardins partagés', 'été', 'a_b', 'a.b', 'a/b', '..'],
    ...['-a', 'a-', 'a--b', 'ab\n', '%61b', 'ａｂ'],
  ])('may not be %j', (text) => expect(isSlug(text)).toBe(false));

  it('stands in an address as it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), (text) => {
        if (isSlug(text)) expect(encodeURIComponent(text)).toBe(text);
      }),
    );
  });

  it('that is the site’s own is no association’s', () => {
    for (const slug of RESERVED_SLUGS) expect(associationSlugSchema.safeParse(slug).success).toBe(false);
    expect(associationSlugSchema.safeParse('dons-solidaires').success).toBe(true);
  });

  it('of a form may be a word that only the first segment keeps for the site', () => {
    expect(formSlugSchema.safeParse('dons').success).toBe(true);
    expect(formSlugSchema.safeParse('donnees-personnelles').success).toBe(false);
  });
});
