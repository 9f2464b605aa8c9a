import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { newId } from '../../../src/kernel/ids.js';
import { Money } from '../../../src/kernel/money.js';
import { PostEntry, payout } from '../../../src/ledger/index.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { definedChecks } from '../../../src/platform/integrity/define-check.js';
import { runChecks } from '../../../src/platform/integrity/run-checks.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { givenAssociation, type GivenAssociation } from '../../support/factories.js';

let app: TestApp;
let owner: pg.Client;
let association: GivenAssociation;
const settlement = newId();

beforeAll(async () => {
  app = await startTestApp();
  owner = new pg.Client(app.database.ownerUrl);
  await owner.connect();
  association = await givenAssociation(app);
  await app.get(UnitOfWork).inTenant(association.associationId, () =>
    app.get(PostEntry).run({
      fact: 'payout',
      source: { type: 'settlement', id: settlement },
      occurredOn: '2026-11-22',
      lines: payout(Money.of(1_000)),
    }),
  );
});
afterAll(async () => {
  await owner.end();
  await app.close();
});

/** Tables whose triggers and keys would refuse what the cases do. */
const GUARDS = [
  'ALTER TABLE ledger_entries DISABLE TRIGGER USER',
  'ALTER TABLE ledger_lines DISABLE TRIGGER USER, DROP CONSTRAINT ledger_lines_entry',
];

/** The checks that complain once the owner of the schema has done this; it is undone afterwards. */
async function complaintsAfter(...sabotage: string[]): Promise<Record<string, string[]>> {
  await owner.query('BEGIN');
  try {
    for (const statement of [...GUARDS, ...sabotage]) await owner.query(statement);
    const complaints: Record<string, string[]> = {};
    for (const { name, sql } of definedChecks()) {
      const { rows } = await owner.query<{ detail: string }>(sql);
      if (rows.length > 0) complaints[name] = rows.map(({ detail }) => detail);
    }
    return complaints;
  } finally {
    await owner.query('ROLLBACK');
  }
}

const OUTBOX = `INSERT INTO outbox (id, job, queue, payload, attempts, run_at, died_at) VALUES (gen_random_uuid(), 'receipts.issue', 'money', '{}', 12`;
const MAIL = `INSERT INTO mail_deliveries (association_id, id, fact, recipient, sender_name, reply_to, subject, html, body_text, state, created_at)
  VALUES (gen_random_uuid(), gen_random_uuid(), 'donation.thanks:1', 'camille@example.org', 'A', 'a@example.org', 'Merci Camille', '', ''`;

describe('a healthy database', () => {
  it('is clean, as the application itself sees it', async () => {
    const results = await runChecks(app.get(UnitOfWork));
    expect(results.filter(({ count }) => count > 0)).toEqual([]);
    expect(results.map(({ name }) => name)).toEqual(definedChecks().map(({ name }) => name));
  });
});

describe('a database broken on purpose is caught by the one check that is for it', () => {
  const cases: Array<[string, string[], string, unknown]> = [
    [
      'a line with another amount',
      [`UPDATE ledger_lines SET debit_cents = 999 WHERE debit_cents = 1000`],
      'ledger.entries-balance',
      'payout: 2 of 2 lines, debit 9.99 EUR, credit 10.00 EUR',
    ],
    [
      'a line that is gone',
      [`DELETE FROM ledger_lines WHERE position = 2`],
      'ledger.entries-balance',
      'payout: 1 of 2 lines, debit 10.00 EUR, credit 0.00 EUR',
    ],
    [
      'an entry whose lines are gone',
      ['DELETE FROM ledger_lines'],
      'ledger.entries-balance',
      'payout: 0 of 2 lines, debit 0.00 EUR, credit 0.00 EUR',
    ],
    [
      'lines whose entry is another association’s',
      [
        `INSERT INTO ledger_lines SELECT gen_random_uuid(), entry_id, position, line_count, account, account_number,
           account_label, debit_cents, credit_cents, currency FROM ledger_lines WHERE position = 1`,
      ],
      'ledger.lines-have-entries',
      'line 1 on bank has no entry',
    ],
    [
      'a line in another currency',
      [`UPDATE ledger_lines SET currency = 'USD' WHERE position = 2`],
      'ledger.one-currency',
      'line 2 is in USD, its entry in EUR',
    ],
    [
      'a job that was given up',
      [`${OUTBOX}, now(), now())`],
      'jobs.none-dead',
      'receipts.issue given up after 12 attempts',
    ],
    [
      'a job that nobody does',
      [`${OUTBOX}, '2026-11-01 12:00+00', NULL)`],
      'jobs.none-overdue',
      'receipts.issue due since 2026-11-01 12:00:00+00',
    ],
    [
      'a mail that does not leave',
      [`${MAIL}, 'queued', '2026-11-01 12:00+00')`],
      'mails.none-stuck',
      'donation.thanks is queued since 2026-11-01 12:00:00+00',
    ],
    [
      'a mail that was given up',
      [`${MAIL}, 'failed', now())`],
      'mails.none-stuck',
      expect.stringMatching(/^donation\.thanks is failed/),
    ],
  ];

  it.each(cases)('%s', async (_what, sabotage, check, detail) => {
    expect(await complaintsAfter(`SET LOCAL timezone = 'UTC'`, ...sabotage)).toEqual({ [check]: [detail] });
  });

  it('there is a case for every check', () => {
    const tried = new Set(cases.map(([, , check]) => check));
    expect(definedChecks().map(({ name }) => name)).toEqual([...tried].sort());
  });
});

describe('the checks', () => {
  it('are named after what they look at, and say a rule', () => {
    for (const { name, says } of definedChecks()) {
      expect(name).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/);
      expect(says).toMatch(/^(every|no) /);
    }
  });

  it('show the first twenty rows and count them all', async () => {
    const sql = `SELECT NULL::uuid AS association_id, lpad(n::text, 3, '0') AS id, 'wrong' AS detail FROM generate_series(1, 50) n`;
    const [result] = await runChecks(app.get(UnitOfWork), [{ name: 'test.many', says: 'no', sql }]);
    expect([result!.count, result!.rows.length, result!.rows[0]!.id]).toEqual([50, 20, '001']);
  });

  it('that a schema of another version cannot answer are broken, not forgotten', async () => {
    const [result] = await runChecks(app.get(UnitOfWork), [
      { name: 'test.new', says: 'no', sql: 'SELECT association_id, id, detail FROM table_of_tomorrow' },
    ]);
    expect(result).toMatchObject({
      count: 1,
      rows: [{ detail: expect.stringMatching(/^cannot be checked/) }],
    });
  });
});
