import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
// The whole application, so that every module has said what must be true of its tables.
import '../../src/app.module.js';
import { isUuid } from '../../src/kernel/ids.js';
import { migrateDatabase } from '../../src/platform/database/migrate.js';
import { definedChecks } from '../../src/platform/integrity/define-check.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';
import { readBook } from '../support/ledger-book.js';

const ASSOCIATION = '018f0000-0000-7000-8000-0000000000aa';
const id = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const gift = (n: number, cents: number, paidAt: string) => [
  `INSERT INTO donations (association_id, id, form_id, donor_id, state, frequency, amount_cents, currency, wants_receipt, locale, token, request_key, paid_at)
   VALUES ('${ASSOCIATION}', '${id(n)}', '${id(1)}', '${id(2)}', 'paid', 'once', ${cents}, 'EUR', false, 'fr', 't${n}', 'r${n}', '${paidAt}')`,
  `INSERT INTO payments (association_id, id, reference, state, amount_cents, currency, description, locale, return_url, token, provider, mode, provider_id, paid_at)
   VALUES ('${ASSOCIATION}', '${id(n)}', '${id(n)}', 'paid', ${cents}, 'EUR', 'Don', 'fr', 'https://example.org', 't${n}', 'mollie', 'test', 'tr_${n}', '${paidAt}')`,
];

/** The books of an association in the version without a ledger. */
const BEFORE = [
  `INSERT INTO associations (association_id, name, slug, registration, street, postal_code, city, country, object, legal_category, fiscal_regime, receipt_numbering, contact_email)
   VALUES ('${ASSOCIATION}', 'A', 'a-a', '{}', 's', '75001', 'Paris', 'FR', 'o', 'c', 'none', '{}', 'a@example.org')`,
  `INSERT INTO forms (association_id, id, slug, title, state, allows_free_amount, minimum_cents, maximum_cents, currency, colour)
   VALUES ('${ASSOCIATION}', '${id(1)}', 'soutien', 'F', 'published', true, 100, 100000, 'EUR', '#123456')`,
  `INSERT INTO donors (association_id, id, kind, last_name, first_name, email, identity_key)
   VALUES ('${ASSOCIATION}', '${id(2)}', 'individual', 'Martin', 'Camille', 'camille@example.org', 'k')`,
  // One minute to midnight in Paris, in two seasons.
  ...gift(11, 5_000, '2026-06-30 21:59+00'),
  ...gift(12, 3_000, '2026-11-30 22:59+00'),
  ...gift(13, 4_000, '2026-12-01 10:00+00'),
  `INSERT INTO payments (association_id, id, reference, state, amount_cents, currency, description, locale, return_url, token, provider, mode)
   VALUES ('${ASSOCIATION}', '${id(14)}', '${id(14)}', 'expired', 900, 'EUR', 'Don', 'fr', 'https://example.org', 't14', 'mollie', 'test')`,
  ...['refunded', 'failed', 'pending'].map(
    (status, n) =>
      `INSERT INTO payment_refunds (association_id, id, payment_id, provider_refund_id, status, amount_cents, currency, created_at, seen_at)
       VALUES ('${ASSOCIATION}', '${id(20 + n)}', '${id(12)}', 're_${n}', '${status}', ${1_000 + n}, 'EUR', '2026-12-02 10:00+00', '2026-12-03 10:00+00')`,
  ),
  `INSERT INTO payment_chargebacks (association_id, id, payment_id, provider_chargeback_id, amount_cents, currency, created_at, reversed_at)
   VALUES ('${ASSOCIATION}', '${id(31)}', '${id(11)}', 'chb_1', 5000, 'EUR', '2026-12-05 10:00+00', NULL),
          ('${ASSOCIATION}', '${id(32)}', '${id(13)}', 'chb_2', 4000, 'EUR', '2026-12-06 10:00+00', '2026-12-20 10:00+00')`,
];

describe('an installation that took money before there was a book', () => {
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

  it('has one once it is brought up to date', async () => {
    expect(await readBook(database, ASSOCIATION)).toMatchSnapshot();
  });

  it('and its book agrees with its payments', async () => {
    for (const { name, sql } of definedChecks().filter(({ name }) =>
      /^(ledger|payments|donations)\./.test(name),
    ))
      expect({ name, rows: (await owner.query(sql)).rows }).toEqual({ name, rows: [] });
  });

  it('in the order of what happened, under ids like all others, on the days of Paris', async () => {
    const { rows } = await owner.query<{ id: string; day: string }>(
      'SELECT id, occurred_on::text AS day FROM ledger_entries ORDER BY id',
    );
    expect(rows.filter((row) => !isUuid(row.id) || row.id[14] !== '7')).toEqual([]);
    expect(rows.map(({ day }) => day)).toEqual([
      ...['2026-06-30', '2026-11-30', '2026-12-01', '2026-12-03', '2026-12-05', '2026-12-06', '2026-12-20'],
    ]);
  });
});
