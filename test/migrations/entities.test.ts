import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { makeDataSource } from '../../src/data-source.js';
import { compareEntities } from '../support/compare-entities.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('entities and migrations', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let source: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new pg.Client(database.ownerUrl);
    await owner.connect();
    source = await makeDataSource({ url: database.appUrl, poolSize: 1 }).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await owner.end();
    await database.drop();
  });

  it('agree on every table and column', async () => {
    expect(source.entityMetadatas.length).toBeGreaterThan(8);
    expect(await compareEntities(source, owner)).toEqual([]);
  });

  it.each([
    ['ALTER TABLE forms ADD COLUMN extra text', 'forms.extra: only in the migrations'],
    ['ALTER TABLE forms DROP COLUMN goal_cents', 'forms.goal_cents: only in the entity'],
    [
      'ALTER TABLE forms ALTER COLUMN minimum_cents TYPE int',
      'forms.minimum_cents: type is bigint in the entity, integer in the migrations',
    ],
    [
      'ALTER TABLE donors ALTER COLUMN last_name DROP NOT NULL',
      'donors.last_name: nullable is false in the entity, true in the migrations',
    ],
    [
      'ALTER TABLE donor_addresses ALTER COLUMN country TYPE char(3)',
      'donor_addresses.country: length is 2 in the entity, 3 in the migrations',
    ],
    ['CREATE TABLE badges (id int)', 'badges: no entity'],
    ['ALTER TABLE outbox RENAME TO inbox', 'outbox: no migration makes it'],
  ])('are found to differ after %s', async (statement, difference) => {
    await owner.query(`BEGIN; ${statement}`);
    try {
      expect(await compareEntities(source, owner)).toContain(difference);
    } finally {
      await owner.query('ROLLBACK');
    }
  });

  it('an entity can be read as it is mapped', async () => {
    for (const { target } of source.entityMetadatas)
      expect(await source.manager.find(target, { take: 1 })).toEqual([]);
  });
});
