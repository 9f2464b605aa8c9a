import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { publicId } from '../../src/kernel/ids.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import { databaseAccess } from '../support/database.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  type MadeGift,
} from '../support/factories.js';
import { MailServer } from './house/mail-server.js';
import { Provider } from './house/provider.js';
import { gatherEvidence, type Evidence, type Outside } from './judge/evidence.js';
import { judge, type Counts } from './judge/judge.js';

const GIFTS = 3;

let app: TestApp;
let books: Books;
let mail: MailServer;
let gifts: MadeGift[];
let outside: Outside;
let admin: pg.Client;

beforeAll(async () => {
  mail = await MailServer.start();
  app = await startTestApp({ smtpUrl: mail.url });
  books = new Books(app);
  const form = await givenForm(app, await givenAssociation(app));
  gifts = await Promise.all(Array.from({ length: GIFTS }, () => givenGift(app, form)));
  for (const { checkoutUrl } of gifts) await payAtSandbox(checkoutUrl);
  const provider = new Provider(app.sandbox);
  const [first] = await provider.payments();
  await eventually(() => mail.mails.length === GIFTS, 'all are thanked for');
  const { id } = await provider.refund(first!.id, { cents: 1_000 });
  await provider.moveRefund(first!.id, id, 'refunded');
  await eventually(() => mail.mails.length === GIFTS + 1, 'the donor is told of the refund');
  await eventually(async () => (await books.jobs()).length === 0, 'no job is left');
  const taken = gifts.map((gift) => ({ id: gift.id, email: '', life: '', isPaidTwiceOnPurpose: false }));
  outside = { remote: await provider.payments(), taken, refundsTaken: [], mails: await mail.settled() };
  const url = new URL(databaseAccess().adminUrl);
  url.pathname = `/${app.database.name}`;
  admin = new pg.Client(url.href);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await books.close();
  await app.close();
  await mail.close();
});

/** What is found in a database broken by these statements, which no constraint or trigger hinders; it is whole again afterwards. */
async function brokenBy(...statements: string[]): Promise<Partial<Counts>> {
  await admin.query('BEGIN');
  try {
    await admin.query('SET LOCAL session_replication_role = replica');
    for (const statement of statements) {
      const { rowCount } = await admin.query(statement);
      expect(rowCount).toBeGreaterThan(0);
    }
    return nonZero(await evidence(admin));
  } finally {
    await admin.query('ROLLBACK');
  }
}

async function evidence(client: pg.Client, changed: Partial<Outside> = {}): Promise<Evidence> {
  const rows = async <Row>(sql: string) => (await client.query(sql)).rows as Row[];
  return gatherEvidence({ rows }, { ...outside, ...changed });
}

function nonZero(found: Evidence): Partial<Counts> {
  const { counts } = judge(found);
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

const ONE = (table: string) => `(SELECT id FROM ${table} ORDER BY id LIMIT 1)`;

describe('the judge of a run', () => {
  it('finds nothing where nothing is wrong', async () => {
    expect(judge(await evidence(admin))).toMatchObject({ findings: [] });
  });

  it('sees an entry that is missing in the ledger, to the cent', async () => {
    const entry = (fact: string) =>
      `entry_id = (SELECT id FROM ledger_entries WHERE fact = '${fact}' LIMIT 1)`;
    expect(await brokenBy(`DELETE FROM ledger_lines WHERE ${entry('gift_settled')}`)).toEqual({
      ledgerDiffCents: 5_000,
    });
    expect(await brokenBy(`DELETE FROM ledger_lines WHERE ${entry('refund')}`)).toEqual({
      ledgerDiffCents: 1_000,
    });
  });

  it('does not let two wrong amounts hide each other', async () => {
    const [more, less] = [0, 1].map(
      (
        nth,
      ) => `UPDATE ledger_lines SET debit_cents = debit_cents + ${nth === 0 ? 1 : -1} WHERE debit_cents = 5000
                  AND entry_id = (SELECT id FROM ledger_entries WHERE fact = 'gift_settled' ORDER BY id OFFSET ${nth} LIMIT 1)`,
    ) as [string, string];
    expect(await brokenBy(more, less)).toEqual({ ledgerDiffCents: 2 });
  });

  it('sees a gift that is gone, and one whose payment we do not know to be paid', async () => {
    const lost = await brokenBy(`DELETE FROM donations WHERE id = ${ONE('donations')}`);
    expect(lost.giftsLost).toBe(2);
    expect(await brokenBy(`UPDATE payments SET state = 'open' WHERE id = ${ONE('payments')}`)).toMatchObject({
      giftsLost: 1,
    });
    expect(await brokenBy(`UPDATE donations SET state = 'pending' WHERE id = ${ONE('donations')}`)).toEqual({
      giftsLost: 1,
    });
  });

  it('sees two receipts of one gift, a number that is missing, a wrong amount and a receipt that is missing', async () => {
    const last = '(SELECT id FROM receipts ORDER BY sequence DESC LIMIT 1)';
    const copy = (sequence: string) =>
      `INSERT INTO receipts (association_id, id, donation_id, year, sequence, number, amount_cents, currency, issued_on, paid_on, snapshot)
       SELECT association_id, '${randomUUID()}', donation_id, year, ${sequence}, 'doubled', amount_cents, currency, issued_on, paid_on, snapshot
         FROM receipts WHERE id = ${last}`;
    expect(await brokenBy(copy('sequence + 1'))).toEqual({ receiptsTwice: 1 });
    expect(await brokenBy(`UPDATE receipts SET sequence = sequence + 5 WHERE id = ${last}`)).toEqual({
      receiptsTwice: 1,
    });
    expect(await brokenBy(`UPDATE receipts SET amount_cents = amount_cents + 1 WHERE id = ${last}`)).toEqual({
      receiptsWrong: 1,
    });
    expect(await brokenBy(`DELETE FROM receipts WHERE id = ${last}`)).toEqual({ receiptsMissing: 1 });
  });

  it('sees mails that nobody got, and jobs that were given up', async () => {
    expect(
      await brokenBy(`UPDATE mail_deliveries SET state = 'failed' WHERE id = ${ONE('mail_deliveries')}`),
    ).toEqual({ mailsMissing: 1 });
    const dead = `INSERT INTO outbox (id, job, queue, payload, died_at) VALUES ('${randomUUID()}', 'x', 'money', '{}', now())`;
    expect(await brokenBy(dead)).toEqual({ jobsDead: 1 });
  });

  it('sees a gift that was charged twice; meant so, somebody must have been told', async () => {
    const doubled = { ...outside.remote.at(-1)!, id: 'tr_again' };
    const remote = [...outside.remote, doubled];
    const gift = (
      await books.rows<{ id: string }>('SELECT reference AS id FROM payments WHERE id = $1', [
        doubled.metadata!.paymentId,
      ])
    )[0]!;
    expect(nonZero(await evidence(admin, { remote }))).toMatchObject({ chargedTwice: 1, giftsLost: 1 });
    const meant = outside.taken.map((one) => ({
      ...one,
      isPaidTwiceOnPurpose: one.id === publicId('donation', gift.id),
    }));
    const untold = await evidence(admin, { remote, taken: meant });
    expect(nonZero(untold)).toMatchObject({ chargedTwice: 1 });
    const told = { ...untold, toldTwicePaid: [publicId('donation', gift.id)] };
    expect(nonZero(told).chargedTwice).toBeUndefined();
  });

  it('sees a plan that was charged twice in one month', async () => {
    const at = (day: string) => ({ customerId: 'cst_one', createdAt: `2027-01-${day}T10:00:00Z` });
    const [first, second, ...others] = outside.remote as [
      Evidence['remote'][number],
      Evidence['remote'][number],
    ];
    const inOneMonth = [{ ...first, ...at('03') }, { ...second, ...at('09') }, ...others];
    expect(nonZero(await evidence(admin, { remote: inOneMonth }))).toEqual({ chargedTwice: 1 });
    const apart = [{ ...first, ...at('03') }, { ...second, ...at('29') }, ...others];
    expect(nonZero(await evidence(admin, { remote: apart }))).toEqual({});
  });

  it('sees a refund made twice, and one that was taken and is nowhere', async () => {
    const wish = randomUUID();
    const refund = {
      id: 're_one',
      amount: { cents: 1, currency: 'EUR' as const },
      status: 'refunded',
      metadata: { refundId: wish },
    };
    const [payment, ...others] = outside.remote as [Evidence['remote'][number]];
    const remote = [
      { ...payment, refunds: [...payment.refunds, refund, { ...refund, id: 're_two' }] },
      ...others,
    ];
    expect(nonZero(await evidence(admin, { remote }))).toMatchObject({ refundsTwice: 1, ledgerDiffCents: 2 });
    const refundsTaken = [publicId('refund', wish)];
    expect(nonZero(await evidence(admin, { refundsTaken }))).toEqual({ refundsLost: 1 });
  });

  it('sees one fact mailed under two Message-IDs; the same Message-ID twice is one mail', async () => {
    const [one] = outside.mails;
    const repeated = [...outside.mails, one!];
    expect(nonZero(await evidence(admin, { mails: repeated }))).toEqual({});
    const again = [
      ...outside.mails,
      { ...one!, messageId: `<${publicId('mail', randomUUID())}@example.org>` },
    ];
    expect(nonZero(await evidence(admin, { mails: again })).mailsTwice).toBeGreaterThan(0);
  });
});
