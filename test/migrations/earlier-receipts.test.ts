import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { migrateDatabase } from '../../src/platform/database/migrate.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';

const ASSOCIATION = '018f0000-0000-7000-8000-0000000000aa';
const id = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const gift = (n: number) => [
  `INSERT INTO donations (association_id, id, form_id, donor_id, state, frequency, amount_cents, currency, wants_receipt, locale, token, request_key, paid_at)
   VALUES ('${ASSOCIATION}', '${id(n)}', '${id(1)}', '${id(2)}', 'paid', 'once', 5000, 'EUR', true, 'fr', 't${n}', 'r${n}', now())`,
  `INSERT INTO payments (association_id, id, reference, state, amount_cents, currency, description, locale, return_url, token, provider, mode, provider_id, paid_at)
   VALUES ('${ASSOCIATION}', '${id(n + 100)}', '${id(n)}', 'paid', 5000, 'EUR', 'Don', 'fr', 'https://example.org', 't${n}', 'mollie', 'test', 'tr_${n}', now())`,
];
const receipt = (n: number) =>
  `INSERT INTO receipts (association_id, id, donation_id, year, sequence, number, amount_cents, currency, issued_on, paid_on, snapshot)
   VALUES ('${ASSOCIATION}', '${id(n + 200)}', '${id(n)}', 2026, ${n}, '2026-${n}', 5000, 'EUR', '2026-11-22', '2026-11-22', '{}')`;
const refund = (n: number, status: string) =>
  `INSERT INTO payment_refunds (association_id, id, payment_id, provider_refund_id, status, amount_cents, currency, created_at)
   VALUES ('${ASSOCIATION}', '${id(n + 300)}', '${id(n + 100)}', 're_${n}', '${status}', 1000, 'EUR', now())`;
const chargeback = (n: number, reversedAt: string) =>
  `INSERT INTO payment_chargebacks (association_id, id, payment_id, provider_chargeback_id, amount_cents, currency, created_at, reversed_at)
   VALUES ('${ASSOCIATION}', '${id(n + 400)}', '${id(n + 100)}', 'chb_${n}', 5000, 'EUR', now(), ${reversedAt})`;

/** As the version left it in which receipts did not follow the money. */
const BEFORE = [
  `INSERT INTO associations (association_id, name, slug, registration, street, postal_code, city, country, object, legal_category, fiscal_regime, receipt_numbering, contact_email)
   VALUES ('${ASSOCIATION}', 'A', 'a-a', '{}', 's', '75001', 'Paris', 'FR', 'o', 'c', 'none', '{}', 'a@example.org')`,
  `INSERT INTO forms (association_id, id, slug, title, state, allows_free_amount, minimum_cents, maximum_cents, currency, colour)
   VALUES ('${ASSOCIATION}', '${id(1)}', 'soutien', 'F', 'published', true, 100, 100000, 'EUR', '#123456')`,
  `INSERT INTO donors (association_id, id, kind, last_name, first_name, email, identity_key)
   VALUES ('${ASSOCIATION}', '${id(2)}', 'individual', 'Martin', 'Camille', 'camille@example.org', 'k')`,
  ...[11, 12, 13, 14, 15].flatMap(gift),
  ...[11, 12, 13, 15].map(receipt),
  refund(11, 'refunded'),
  refund(12, 'failed'),
  chargeback(13, 'NULL'),
  // In part, before its receipt: there was none then.
  refund(14, 'refunded'),
  chargeback(15, 'now()'),
];

let database: TestDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await createEmptyDatabase();
  const source = new DataSource({
    type: 'postgres',
    url: database.ownerUrl,
    migrations: migrations.slice(
      0,
      migrations.findIndex(({ name }) => name.startsWith('Ledger')),
    ),
    migrationsTransactionMode: 'each',
  });
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
  owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  for (const statement of BEFORE) await owner.query(statement);
  await migrateDatabase(database);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

it('an installation whose money went back before receipts followed it has them looked at again', async () => {
  const { rows } = await owner.query(
    `SELECT job, payload->>'donationId' AS gift, payload->'fact' AS fact FROM outbox ORDER BY gift`,
  );
  expect(rows).toEqual([
    { job: 'receipts.revise', gift: id(11), fact: { kind: 'refund', id: id(311), to: 'settled' } },
    { job: 'receipts.revise', gift: id(13), fact: { kind: 'dispute', id: id(413), to: 'opened' } },
    { job: 'receipts.issue', gift: id(14), fact: null },
  ]);
});

it('every receipt of theirs lives until then', async () => {
  const { rows } = await owner.query(`SELECT count(*)::int AS living FROM living_receipts`);
  expect(rows).toEqual([{ living: 4 }]);
});
