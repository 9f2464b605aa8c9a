import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { legalDate, systemClock } from '../../src/kernel/clock.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { runChecks } from '../../src/platform/integrity/run-checks.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import { eventually, givenAssociation, giftDonor, type GivenAssociation } from '../support/factories.js';
import { documentedCall } from '../support/openapi.js';
import { readBook } from '../support/ledger-book.js';
import { plainSpaces } from '../support/pdf-text.js';
import { ReceiptLife } from '../support/receipt-life.js';

const DAY_MS = 86_400_000;

/** A treasurer's winter: envelopes, a collecting box, a bank statement, and one slip of the pen. */
describe('offline gifts, from the envelope to the bank', () => {
  let app: TestApp;
  let books: Books;
  let association: GivenAssociation;
  let receipts: ReceiptLife;
  beforeAll(async () => {
    app = await startTestApp();
    books = new Books(app);
    association = await givenAssociation(app);
    receipts = new ReceiptLife(app, books, association.keys.reader);
  });
  afterAll(async () => {
    await books.close();
    await app.close();
  });

  /** "J+n", counted back so that the last of them is today. */
  const day = (n: number) => legalDate(new Date(systemClock.now().getTime() - (6 - n) * DAY_MS));

  async function post(path: string, json: unknown): Promise<{ id: string }> {
    const answer = await documentedCall(app, path, { method: 'POST', key: association.keys.treasurer, json });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    return answer.json as { id: string };
  }
  const enter = (cents: number, means: string, receivedOn: string, lastName: string) =>
    post('/v1/offline-donations', {
      amount: { cents, currency: 'EUR' },
      means,
      receivedOn,
      donor: giftDonor({ lastName, email: `${lastName.toLowerCase()}@example.org` }),
      wantsReceipt: true,
    });
  const deposit = (gifts: Array<{ id: string }>, depositedOn: string, reference: string) =>
    post('/v1/deposits', { donationIds: gifts.map(({ id }) => id), depositedOn, reference });

  it('every cent is in the book, each on its account and its day', async () => {
    const martin = await enter(5_000, 'cheque', day(0), 'Martin');
    const bernard = await enter(50_000, 'cheque', day(1), 'Bernard');
    const box = await enter(8_000, 'cash', day(2), 'Dubois');
    await enter(10_000, 'transfer', day(3), 'Thomas');
    await receipts.untilLiving(bernard.id, 50_000);

    await deposit([martin, bernard], day(4), 'BR 12');
    await deposit([box], day(4), 'Versement 3');

    // The cheque was of 50 €: the bank says so. What was written is taken back whole, and entered right.
    await post(`/v1/offline-donations/${bernard.id}/correct`, { reason: '50 € et non 500 €' });
    const right = await enter(5_000, 'cheque', day(1), 'Bernard');
    await deposit([right], day(4), 'BR 12');

    await receipts.untilLiving(right.id, 5_000);
    await eventually(async () => (await books.jobs()).length === 0, 'no job is left');
    expect(await readBook(app.database, association.associationId)).toMatchSnapshot();
  });

  it('the receipt that was wrong is void, and its donor was told so', async () => {
    const told = await books.rows<{ line: string }>(
      `SELECT r.sequence || ' ' || r.amount_cents || COALESCE(' cancelled ' || c.code, '') AS line
         FROM receipts r LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id ORDER BY r.sequence`,
    );
    expect(told.map(({ line }) => line)).toEqual([
      '1 5000',
      '2 50000 cancelled correction',
      '3 8000',
      '4 10000',
      '5 5000',
    ]);
    const mails = await books.rows<{ recipient: string; subject: string }>(
      `SELECT recipient, subject FROM mail_deliveries WHERE fact LIKE 'donor-%'`,
    );
    expect(mails.map(({ recipient, subject }) => `${recipient} ${plainSpaces(subject)}`)).toEqual([
      expect.stringMatching(/^bernard@example.org Votre don du .* a été corrigé – Les Lilas du canal$/),
    ]);
  });

  it('the journal says who did what, and names nobody who gave', async () => {
    const actions = await books.rows<{ action: string; actor: string; details: object }>(
      `SELECT action, split_part(actor, ':', 1) AS actor, details FROM journal_entries
        WHERE action LIKE 'offline%' OR action LIKE 'deposit%' ORDER BY id`,
    );
    expect(actions.map(({ action, actor }) => `${actor} ${action}`)).toEqual([
      'key offline_donation.entered',
      'key offline_donation.entered',
      'key offline_donation.entered',
      'key offline_donation.entered',
      'key deposit.entered',
      'key deposit.entered',
      'key offline_donation.corrected',
      'key offline_donation.entered',
      'key deposit.entered',
    ]);
    expect(JSON.stringify(actions)).not.toMatch(/Martin|Bernard|Dubois|Thomas|example/);
  });

  it('the checks of the books find nothing', async () => {
    const results = await runChecks(app.get(UnitOfWork));
    expect(results.filter(({ count }) => count > 0)).toEqual([]);
  });
});
