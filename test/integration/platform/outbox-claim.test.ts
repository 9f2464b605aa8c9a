import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { OutboxStore } from '../../../src/platform/queue/outbox-store.js';
import { Books } from '../../support/books.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { startPlatform, type PlatformApp } from '../../support/platform-app.js';

const LEASE_MS = 60_000;
const WAITING = 200;
/** What PostgreSQL chooses by itself when it takes the outbox for nearly empty: to look for each row anew. */
const PLAN = ['enable_hashjoin', 'enable_hashagg', 'enable_mergejoin', 'enable_sort', 'enable_material'];

let database: TestDatabase;
let app: PlatformApp;
let books: Books;

beforeAll(async () => {
  database = await createTestDatabase();
  books = new Books({ database });
  for (const setting of PLAN) await books.rows(`ALTER DATABASE ${database.name} SET ${setting} = off`);
  app = await startPlatform([], { role: 'web', database });
});
afterAll(async () => {
  await books.close();
  await app.close();
  await database.drop();
});

async function givenMany(): Promise<void> {
  await books.rows('TRUNCATE outbox');
  await books.rows(
    `INSERT INTO outbox (id, job, queue, payload) SELECT unnest($1::uuid[]), 'test.none', 'money', '{}'`,
    [Array.from({ length: WAITING }, () => newId())],
  );
}

describe('the outbox, whichever way PostgreSQL reads it', () => {
  it('gives a lane no more jobs than it has places', async () => {
    await givenMany();
    expect(await app.get(OutboxStore).claim('money', 5, LEASE_MS)).toHaveLength(5);
    expect(await books.count('outbox WHERE held_until IS NOT NULL')).toBe(5);
  });

  it('hands Bull no more rows at a time than were asked for', async () => {
    await givenMany();
    expect(await app.get(OutboxStore).claimForRelay(7, LEASE_MS)).toHaveLength(7);
    expect(await books.count('outbox WHERE held_until IS NOT NULL')).toBe(7);
  });
});
