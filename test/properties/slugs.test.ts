import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import {
  RESERVED_SLUGS,
  associationSlugSchema,
  formSlugSchema,
  slugSchema,
} from '../../src/associations/slug.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const words = fc.array(fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 5,
});
/** As people and programs send them: nearly right, and anything at all. */
const nearly = fc.string({
  unit: fc.constantFrom(...letters, '-', '-', 'A', 'é', '_', '.', '/', ' ', '\n'),
  maxLength: 64,
});
const anything = fc.oneof(
  nearly,
  fc.string({ unit: 'grapheme', maxLength: 64 }),
  words.map((parts) => parts.join('-')),
);

describe('slugs', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client(database.ownerUrl);
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('made of words with single hyphens between them are taken', () => {
    fc.assert(
      fc.property(words, (parts) => {
        const slug = parts.join('-');
        expect(slugSchema.safeParse(slug).success).toBe(slug.length >= 2 && slug.length <= 60);
      }),
    );
  });

  it('that are taken stay the same in an address', () => {
    fc.assert(
      fc.property(anything, (text) => {
        if (!slugSchema.safeParse(text).success) return;
        expect(encodeURIComponent(text)).toBe(text);
        expect(new URL(`/${text}`, 'http://localhost').pathname).toBe(`/${text}`);
      }),
      { numRuns: 500 },
    );
  });

  it('that are taken are never one of the site’s own', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.constantFrom(...RESERVED_SLUGS)), (text) => {
        const isTaken = associationSlugSchema.safeParse(text).success;
        expect(isTaken).toBe(slugSchema.safeParse(text).success && !RESERVED_SLUGS.has(text));
      }),
    );
    for (const own of ['donnees-personnelles', 'logo'])
      expect(formSlugSchema.safeParse(own).success).toBe(false);
  });

  it('are judged alike by the code and by the database', async () => {
    const { rows } = await client.query<{ rule: string }>(
      `SELECT pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE conname IN ('association_slugs_format', 'forms_slug_format')`,
    );
    expect(new Set(rows.map(({ rule }) => rule)).size).toBe(1);
    const rule = /^CHECK \((.*)\)$/s.exec(rows[0]!.rule)![1]!;
    const texts = fc.sample(anything, 2_000).filter((text) => !text.includes('\0'));
    const judged = await client.query<{ slug: string; fits: boolean }>(
      `SELECT slug, (${rule}) AS fits FROM unnest($1::text[]) AS slug`,
      [texts],
    );
    const disagreed = judged.rows.filter(({ slug, fits }) => slugSchema.safeParse(slug).success !== fits);
    expect(disagreed).toEqual([]);
    expect(judged.rows.filter(({ fits }) => fits).length).toBeGreaterThan(100);
  });
});
