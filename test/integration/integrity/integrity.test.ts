import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { legalDate } from '../../../src/kernel/clock.js';
import { newId } from '../../../src/kernel/ids.js';
import { Money } from '../../../src/kernel/money.js';
import { PostEntry, payout, payoutDifference, providerFee, tipTaken } from '../../../src/ledger/index.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { definedChecks } from '../../../src/platform/integrity/define-check.js';
import { NightlyIntegrityHandler } from '../../../src/platform/integrity/nightly-integrity.handler.js';
import { runChecks } from '../../../src/platform/integrity/run-checks.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  giftDonor,
  givenGift,
  untilReceipt,
  type GivenAssociation,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { GivenMoney, type PaidGift } from '../../support/money.js';

let app: TestApp;
let owner: pg.Client;
let books: Books;

/** An ordinary life: gifts, money that goes back, comes back, or is disputed, a payout, and a gift that nobody paid. */
beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
  owner = new pg.Client(app.database.ownerUrl);
  await owner.connect();
  const association = await givenAssociation(app);
  const form = await givenForm(app, association);
  const money = new GivenMoney(app, books, association, form);
  await givenGift(app, form);
  await untilReceipt((await money.paidGift(5_000)).gift.statusUrl);
  const refunded = await money.paidGift(3_000);
  await money.sandbox.refund(refunded.providerId, { cents: 1_000, status: 'processing' });
  await money.untilRefunds(refunded, 'settled');
  await lose(money, await money.paidGift(4_000));
  const won = await money.paidGift(6_000);
  await money.sandbox.reverse(won.providerId, await lose(money, won));
  await money.webhook(won);
  await money.untilDisputes(won, 'won');
  const sent = await money.paidGift(7_000);
  await money.refund(sent, 500);
  await money.untilRefunds(sent, 'sent');
  await payOut(association);
  const [kept, wrong] = [await enterCheque(association, 2_500), await enterCheque(association, 800)];
  const key = association.keys.treasurer;
  const deposit = { donationIds: [kept], depositedOn: legalDate(new Date()) };
  expect((await call(app, '/v1/deposits', { method: 'POST', key, json: deposit })).status).toBe(201);
  const correction = { method: 'POST', key, json: { reason: 'Saisi deux fois' } };
  expect((await call(app, `/v1/offline-donations/${wrong}/correct`, correction)).status).toBeLessThan(300);
  await eventually(async () => (await books.count('outbox')) === 0, 'every job is done');
});
afterAll(async () => {
  await owner.end();
  await books.close();
  await app.close();
});

async function lose(money: GivenMoney, gift: PaidGift): Promise<string> {
  const id = await money.sandbox.chargeBack(gift.providerId);
  await money.untilDisputes(gift, 'opened');
  return id;
}

async function enterCheque({ keys }: GivenAssociation, cents: number): Promise<string> {
  const json = {
    amount: { cents, currency: 'EUR' },
    means: 'cheque',
    receivedOn: legalDate(new Date()),
    donor: giftDonor(),
    wantsReceipt: true,
  };
  const answer = await call(app, '/v1/offline-donations', { method: 'POST', key: keys.treasurer, json });
  expect(answer.status).toBe(201);
  return (answer.json as { id: string }).id;
}

/** As it is written down when it is imported. */
async function payOut({ associationId }: GivenAssociation): Promise<void> {
  const id = newId();
  const eur = (cents: number) => Money.of(cents);
  await owner.query('ALTER TABLE payouts DROP CONSTRAINT payouts_account_fkey');
  await owner.query(
    `INSERT INTO payouts (association_id, id, account_id, provider_settlement_id, amount_cents, costs_cents, explained_cents, difference_cents, currency, settled_on)
     VALUES ($1, $2, $2, 'stl_1', 1000, 25, 1020, 5, 'EUR', '2026-11-22')`,
    [associationId, id],
  );
  const source = { type: 'payout', id };
  const occurredOn = '2026-11-22';
  await app.get(UnitOfWork).inTenant(associationId, async () => {
    const post = app.get(PostEntry);
    await post.run({ fact: 'provider_fee', source, occurredOn, lines: providerFee(eur(25)) });
    await post.run({ fact: 'payout', source, occurredOn, lines: payout(eur(1_000)) });
    await post.run({
      fact: 'tip',
      source: { type: 'nothing', id },
      occurredOn,
      lines: tipTaken(eur(1_000)),
    });
    await post.run({
      fact: 'payout_difference',
      source,
      occurredOn,
      lines: payoutDifference(eur(995), eur(1_000)),
    });
  });
}

/** What would refuse the cases: triggers, and the keys that they break. */
const GUARDED = [
  'ledger_entries',
  'ledger_lines',
  'payments',
  'payment_refunds',
  'payment_disputes',
  'donations',
  'receipts',
  'payouts',
  'deposit_items',
];
const GUARDS = [
  ...[...GUARDED, 'receipt_cancellations'].map((table) => `ALTER TABLE ${table} DISABLE TRIGGER USER`),
  'ALTER TABLE ledger_lines DROP CONSTRAINT ledger_lines_entry',
];

/** The checks that complain once the owner of the schema has done this; it is undone afterwards. */
async function complaintsAfter(...sabotage: string[]): Promise<Record<string, string[]>> {
  await owner.query(`BEGIN; SET LOCAL timezone = 'UTC'`);
  try {
    for (const statement of [...GUARDS, ...sabotage]) await owner.query(statement);
    const complaints: Record<string, string[]> = {};
    for (const { name, sql } of definedChecks()) {
      const { rows } = await owner.query<{ detail: string }>(
        `SELECT detail FROM (${sql}) AS wrong ORDER BY 1`,
      );
      if (rows.length > 0) complaints[name] = rows.map(({ detail }) => detail);
    }
    return complaints;
  } finally {
    await owner.query('ROLLBACK');
  }
}

const GIFT = `(SELECT id FROM payments WHERE amount_cents = 5000 AND state = 'paid')`;
const DONATION = `(SELECT reference FROM payments WHERE amount_cents = 5000 AND state = 'paid')`;
const ENTRY_OF_GIFT = `(SELECT id FROM ledger_entries WHERE fact = 'gift_settled' AND source_id = ${GIFT})`;
const entriesOf = (fact: string) => `(SELECT id FROM ledger_entries WHERE fact = '${fact}')`;
/** An entry that stands for no row of another room. */
const ALONE = `(SELECT id FROM ledger_entries WHERE source_type = 'nothing')`;
const LONG_AGO = `'2026-11-01 12:00+00'`;
const OUTBOX = `INSERT INTO outbox (id, job, queue, payload, attempts, run_at, died_at) VALUES (gen_random_uuid(), 'receipts.issue', 'money', '{}', 12`;
const MAIL = `INSERT INTO mail_deliveries (association_id, id, fact, recipient, sender_name, reply_to, subject, html, body_text, state, created_at)
  VALUES (gen_random_uuid(), gen_random_uuid(), 'donation.thanks:1', 'camille@example.org', 'A', 'a@example.org', 'Merci Camille', '', ''`;
/** A second payment like the paid one, for a gift that is not there. */
const STRAY = [
  `CREATE TEMP TABLE stray ON COMMIT DROP AS SELECT * FROM payments WHERE id = ${GIFT}`,
  `UPDATE stray SET id = gen_random_uuid(), reference = gen_random_uuid(), token = 'stray', provider_id = 'tr_stray'`,
  `CREATE TEMP TABLE entry ON COMMIT DROP AS SELECT * FROM ledger_entries WHERE id = ${ENTRY_OF_GIFT}`,
  `CREATE TEMP TABLE line ON COMMIT DROP AS SELECT * FROM ledger_lines WHERE entry_id = ${ENTRY_OF_GIFT}`,
  `UPDATE entry SET id = gen_random_uuid(), source_id = (SELECT id FROM stray)`,
  `UPDATE line SET entry_id = (SELECT id FROM entry)`,
  `INSERT INTO payments SELECT * FROM stray`,
  `INSERT INTO ledger_entries SELECT * FROM entry`,
  `INSERT INTO ledger_lines SELECT * FROM line`,
];

const PLAN = `INSERT INTO plans (association_id, id, form_id, donor_id, state, frequency, amount_cents, currency, anchor_day,
    first_donation_id, wants_receipt, locale, token, next_due_on)
  SELECT association_id, gen_random_uuid(), form_id, donor_id, 'active', 'monthly', amount_cents, currency, 5, id, false, 'fr', 'plan',`;
const OF_GIFT = ` FROM donations WHERE id = ${DONATION}`;
const PERIOD = `INSERT INTO plan_periods (association_id, plan_id, due_on, state, donation_id, attempts, next_attempt_on)
  SELECT association_id, id, '2026-11-05',`;
const OF_PLAN = `FROM plans CROSS JOIN (SELECT id AS donation_id FROM donations) AS gifts`;

type Case = [what: string, sabotage: string | string[], check: string, ...details: unknown[]];

const CASES: Case[] = [
  [
    'a line with another amount',
    `UPDATE ledger_lines SET debit_cents = 999 WHERE account = 'platform_tips' AND entry_id = ${ALONE}`,
    'ledger.entries-balance',
    'tip: 2 of 2 lines, debit 9.99 EUR, credit 10.00 EUR',
  ],
  [
    'a line that is gone',
    `DELETE FROM ledger_lines WHERE position = 2 AND entry_id = ${ALONE}`,
    'ledger.entries-balance',
    'tip: 1 of 2 lines, debit 10.00 EUR, credit 0.00 EUR',
  ],
  [
    'an entry whose lines are gone',
    `DELETE FROM ledger_lines WHERE entry_id = ${ALONE}`,
    'ledger.entries-balance',
    'tip: 0 of 2 lines, debit 0.00 EUR, credit 0.00 EUR',
  ],
  [
    'a line whose entry is another association’s',
    `INSERT INTO ledger_lines SELECT gen_random_uuid(), entry_id, position, line_count, account, account_number,
       account_label, debit_cents, credit_cents, currency FROM ledger_lines WHERE account = 'platform_tips' AND entry_id = ${ALONE}`,
    'ledger.lines-have-entries',
    'line 1 on platform_tips has no entry',
  ],
  [
    'a line in another currency',
    `UPDATE ledger_lines SET currency = 'USD' WHERE account = 'platform_tips' AND entry_id = ${ALONE}`,
    'ledger.one-currency',
    'line 1 is in USD, its entry in EUR',
  ],
  [
    'a gift that the book has forgotten',
    [
      `DELETE FROM ledger_lines WHERE entry_id = ${ENTRY_OF_GIFT}`,
      `DELETE FROM ledger_entries WHERE id = ${ENTRY_OF_GIFT}`,
    ],
    'payments.paid-in-ledger',
    'paid payment of 50.00 EUR, booked 0.00 EUR',
  ],
  [
    'a gift that is booked with a cent less, on both sides',
    `UPDATE ledger_lines SET debit_cents = greatest(debit_cents - 1, 0), credit_cents = greatest(credit_cents - 1, 0) WHERE entry_id = ${ENTRY_OF_GIFT}`,
    'payments.paid-in-ledger',
    'paid payment of 50.00 EUR, booked 49.99 EUR',
  ],
  [
    'a gift that is booked for a payment that was not paid',
    `UPDATE ledger_entries SET source_id = gen_random_uuid() WHERE id = ${ENTRY_OF_GIFT}`,
    'payments.paid-in-ledger',
    'paid payment of 0.00 EUR, booked 50.00 EUR',
    'paid payment of 50.00 EUR, booked 0.00 EUR',
  ],
  [
    'a gift that is booked as a contribution to the platform',
    `UPDATE ledger_lines SET account = 'platform_tips' WHERE account = 'gifts' AND entry_id = ${ENTRY_OF_GIFT}`,
    'payments.tips-in-ledger',
    'contribution of 0.00 EUR, booked with the gift 50.00 EUR, taken 0.00 EUR',
  ],
  [
    'a refund that the book has forgotten',
    [
      `DELETE FROM ledger_lines WHERE entry_id = ${entriesOf('refund')}`,
      `DELETE FROM ledger_entries WHERE fact = 'refund'`,
    ],
    'payments.refunds-in-ledger',
    'settled refund of 10.00 EUR, booked 0.00 EUR',
  ],
  [
    'a refund that came back, and is not undone in the book',
    `UPDATE payment_refunds SET state = 'failed' WHERE state = 'settled' AND origin = 'external'`,
    'payments.refunds-in-ledger',
    'settled refund of 0.00 EUR, booked 10.00 EUR',
  ],
  [
    'a dispute that was won, and is not undone in the book',
    `UPDATE payment_disputes SET state = 'won' WHERE state = 'opened'`,
    'payments.disputes-in-ledger',
    'dispute of 0.00 EUR, booked 40.00 EUR',
  ],
  [
    'a dispute that was lost, and is undone in the book',
    [
      `UPDATE payment_disputes SET state = 'lost' WHERE state = 'won'`,
      // Its receipt would be too much as well.
      `INSERT INTO receipt_cancellations (association_id, receipt_id, code, actor)
         SELECT association_id, id, 'dispute', 'test' FROM receipts WHERE amount_cents = 6000
         ON CONFLICT DO NOTHING`,
      `DELETE FROM living_receipts WHERE receipt_id IN (SELECT id FROM receipts WHERE amount_cents = 6000)`,
    ],
    'payments.disputes-in-ledger',
    'dispute of 60.00 EUR, booked 0.00 EUR',
  ],
  [
    'a cheque that the book has forgotten',
    [
      `DELETE FROM ledger_lines WHERE entry_id IN (SELECT id FROM ledger_entries WHERE fact = 'offline_gift') AND (debit_cents = 2500 OR credit_cents = 2500)`,
      `DELETE FROM ledger_entries e WHERE NOT EXISTS (SELECT FROM ledger_lines l WHERE l.entry_id = e.id)`,
    ],
    'payments.paid-in-ledger',
    'paid payment of 25.00 EUR, booked 0.00 EUR',
  ],
  [
    'a correction that the book has forgotten',
    [
      `DELETE FROM ledger_lines WHERE entry_id = ${entriesOf('correction')}`,
      `DELETE FROM ledger_entries WHERE fact = 'correction'`,
    ],
    'payments.refunds-in-ledger',
    'settled refund of 8.00 EUR, booked 0.00 EUR',
  ],
  [
    'a payout of which the book knows no costs',
    [
      `DELETE FROM ledger_lines WHERE entry_id = ${entriesOf('provider_fee')}`,
      `DELETE FROM ledger_entries WHERE fact = 'provider_fee'`,
    ],
    'payments.payouts-in-ledger',
    'payout of 10.00 EUR, booked 10.00 EUR; costs 0.25 EUR, booked 0.00 EUR; difference 0.05 EUR, booked 0.05 EUR',
  ],
  [
    'a payout that was never imported',
    `DELETE FROM payouts`,
    'payments.payouts-in-ledger',
    'payout of 0.00 EUR, booked 10.00 EUR; costs 0.00 EUR, booked 0.25 EUR; difference 0.00 EUR, booked 0.05 EUR',
  ],
  [
    'a deposit without one of its cheques',
    `DELETE FROM deposit_items`,
    'donations.deposits-in-ledger',
    'deposit of 0.00 EUR, booked 25.00 EUR',
  ],
  [
    'a plan that nobody charges',
    `${PLAN} CURRENT_DATE - 4${OF_GIFT}`,
    'donations.plans-go-on',
    expect.stringMatching(/^active plan was due on 20/),
  ],
  [
    'a charge that nobody tries again',
    [
      `${PLAN} CURRENT_DATE + 20${OF_GIFT}`,
      `${PERIOD} 'failed', donation_id, 1, CURRENT_DATE - 4 ${OF_PLAN} WHERE donation_id = (SELECT id FROM donations WHERE state = 'pending')`,
    ],
    'donations.plans-go-on',
    expect.stringMatching(/^period of 2026-11-05 was to be tried again on 20/),
  ],
  [
    'a period that does not know that it is paid',
    [
      `${PLAN} CURRENT_DATE + 20${OF_GIFT}`,
      `${PERIOD} 'charging', donation_id, 1, NULL ${OF_PLAN} WHERE donation_id = ${DONATION}`,
    ],
    'donations.periods-as-gifts',
    'period of 2026-11-05 is charging, its gift paid',
  ],
  [
    'an attempt that never reached the provider',
    `UPDATE payments SET state = 'created', created_at = ${LONG_AGO} WHERE state = 'open'`,
    'payments.none-stuck',
    'attempt is created since 2026-11-01 12:00:00+00',
  ],
  [
    'a refund that is not sent',
    `UPDATE payment_refunds SET state = 'requested', created_at = ${LONG_AGO} WHERE state = 'sent'`,
    'payments.none-stuck',
    'refund is requested since 2026-11-01 12:00:00+00',
  ],
  [
    'a refund that never arrives',
    `UPDATE payment_refunds SET created_at = '2026-01-01 12:00+00' WHERE state = 'sent'`,
    'payments.none-stuck',
    'refund is sent since 2026-01-01 12:00:00+00',
  ],
  [
    'a gift that does not know that it is paid',
    `UPDATE donations SET state = 'pending' WHERE id = ${DONATION}`,
    'donations.paid-by-payments',
    'pending gift of 50.00 EUR has 1 paid payments, together 50.00 EUR',
  ],
  [
    'a gift that nobody has paid',
    `UPDATE donations SET state = 'paid', paid_at = now() WHERE state = 'pending'`,
    'donations.paid-by-payments',
    'paid gift of 50.00 EUR has 0 paid payments, together 0.00 EUR',
  ],
  [
    'a gift of another amount than was paid',
    `UPDATE donations SET amount_cents = 5001 WHERE id = ${DONATION}`,
    'donations.paid-by-payments',
    'paid gift of 50.01 EUR has 1 paid payments, together 50.00 EUR',
  ],
  ['a payment for nothing', STRAY, 'donations.payments-have-gifts', 'payment of 50.00 EUR is for nothing'],
  [
    'a receipt for more than was given',
    `UPDATE receipts SET amount_cents = 5001 WHERE amount_cents = 5000`,
    'receipts.worth-the-money',
    'receipt of 50.01 EUR, kept 50.00 EUR',
  ],
  [
    'a receipt for money that went back',
    `UPDATE receipts SET amount_cents = 2001 WHERE amount_cents = 2000`,
    'receipts.worth-the-money',
    'receipt of 20.01 EUR, kept 20.00 EUR',
  ],
  [
    'a number that was skipped',
    `UPDATE receipt_counters SET last_sequence = last_sequence + 1`,
    'receipts.numbers-without-gap',
    '$YEAR: $RECEIPTS receipts, the last number is $RECEIPTS, the counter is at $NEXT',
  ],
  [
    'a number that was left out',
    [
      `UPDATE receipts SET sequence = $NEXT WHERE sequence = 2`,
      `UPDATE receipt_counters SET last_sequence = $NEXT`,
    ],
    'receipts.numbers-without-gap',
    '$YEAR: $RECEIPTS receipts, the last number is $NEXT, the counter is at $NEXT',
  ],
  [
    'a receipt that counts no more, and nobody cancelled',
    `DELETE FROM living_receipts WHERE donation_id = ${DONATION}`,
    'receipts.live-until-cancelled',
    'not cancelled, and does not count',
  ],
  [
    'a receipt that is cancelled and counts all the same',
    `INSERT INTO receipt_cancellations (association_id, receipt_id, code, actor)
       SELECT association_id, id, 'refund', 'test' FROM receipts WHERE donation_id = ${DONATION}`,
    'receipts.live-until-cancelled',
    'cancelled, and still counts',
  ],
  [
    'a job that was given up',
    `${OUTBOX}, now(), now())`,
    'jobs.none-dead',
    'receipts.issue given up after 12 attempts',
  ],
  [
    'a job that nobody does',
    `${OUTBOX}, ${LONG_AGO}, NULL)`,
    'jobs.none-overdue',
    'receipts.issue due since 2026-11-01 12:00:00+00',
  ],
  [
    'a mail that does not leave',
    `${MAIL}, 'queued', ${LONG_AGO})`,
    'mails.none-stuck',
    'donation.thanks is queued since 2026-11-01 12:00:00+00',
  ],
  [
    'a mail that was given up, and nobody was told',
    `${MAIL}, 'failed', ${LONG_AGO})`,
    'mails.none-stuck',
    'donation.thanks is failed since 2026-11-01 12:00:00+00',
  ],
];

/** The numbers that the life above led to. */
async function filledIn(text: string): Promise<string> {
  const [counter] = await books.rows<{ year: number; last: number }>(
    'SELECT year, last_sequence AS last FROM receipt_counters',
  );
  const { year, last } = counter!;
  return text
    .replaceAll('$YEAR', `${year}`)
    .replaceAll('$RECEIPTS', `${last}`)
    .replaceAll('$NEXT', `${last + 1}`);
}

describe('a healthy database', () => {
  it('is clean, as the application itself sees it', async () => {
    const results = await runChecks(app.get(UnitOfWork));
    expect(results.filter(({ count }) => count > 0)).toEqual([]);
    expect(results.map(({ name }) => name)).toEqual(definedChecks().map(({ name }) => name));
  });

  it('is still clean while a receipt waits for its revision', async () => {
    const gone = `UPDATE payment_disputes SET amount_cents = amount_cents`;
    const waiting = `INSERT INTO outbox (id, association_id, job, queue, payload)
      SELECT gen_random_uuid(), association_id, 'receipts.revise', 'money', jsonb_build_object('donationId', donation_id) FROM receipts`;
    const tooMuch = `UPDATE receipts SET amount_cents = 5001 WHERE amount_cents = 5000`;
    expect(await complaintsAfter(gone, waiting, tooMuch)).toEqual({});
  });
});

describe('a database broken on purpose is caught by the one check that is for it', () => {
  it.each(CASES)('%s', async (_what, sabotage, check, ...details) => {
    const statements = await Promise.all([sabotage].flat().map(filledIn));
    const expected = await Promise.all(
      details.map((detail) => (typeof detail === 'string' ? filledIn(detail) : detail)),
    );
    expect(await complaintsAfter(...statements)).toEqual({ [check]: expected });
  });

  it('there is a case for every check', () => {
    const tried = new Set(CASES.map(([, , check]) => check));
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

  it('run once a night, however often they are asked to', async () => {
    const nights = () => books.count(`idempotency_records WHERE scope = 'integrity'`);
    const handler = app.get(NightlyIntegrityHandler);
    await Promise.all([handler.run(), handler.run(), handler.run()]);
    expect(await nights()).toBe(1);
  });
});
