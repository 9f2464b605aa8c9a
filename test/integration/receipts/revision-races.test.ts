import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { innerId, newId } from '../../../src/kernel/ids.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { IssueReceiptHandler } from '../../../src/receipts/issue-receipt.handler.js';
import { ReviseReceiptHandler } from '../../../src/receipts/revise-receipt.handler.js';
import type { ReturnFact } from '../../../src/receipts/return-fact.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  givenAssociation,
  givenForm,
  type GivenAssociation,
  type GivenForm,
} from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { givenGift, payAtSandbox } from '../../support/factories.js';
import { ReceiptLife } from '../../support/receipt-life.js';

/** Carries out nothing by itself: the test says what runs when. */
let app: TestApp;
let books: Books;
let association: GivenAssociation;
let form: GivenForm;
let receipts: ReceiptLife;

beforeAll(async () => {
  app = await startTestApp({ role: 'web' });
  books = new Books(app);
  association = await givenAssociation(app);
  form = await givenForm(app, association);
  receipts = new ReceiptLife(app, books, association.keys.reader);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

/** @returns the gift's inner id; no receipt is issued yet */
async function paidGift(): Promise<{ id: string; donationId: string }> {
  const gift = await givenGift(app, form);
  const back = await payAtSandbox(gift.checkoutUrl);
  await call(app, back);
  return { id: gift.id, donationId: innerId('donation', gift.id) };
}

const issue = (donationId: string) =>
  app.get(IssueReceiptHandler).run({ associationId: association.associationId, donationId });
const revise = (donationId: string, fact: ReturnFact) =>
  app.get(ReviseReceiptHandler).run({ associationId: association.associationId, donationId, fact });

/** A row as the provider's news leave it. */
async function refundRow(donationId: string, cents: number, state: string): Promise<ReturnFact> {
  const id = newId();
  await books.rows(
    `INSERT INTO payment_refunds (association_id, id, payment_id, origin, state, amount_cents, currency, created_at, settled_at)
     SELECT association_id, $1, id, 'external', $2::text, $3, 'EUR', now(), CASE $2::text WHEN 'settled' THEN now() END
       FROM payments WHERE reference = $4 AND state = 'paid'`,
    [id, state, cents, donationId],
  );
  return { kind: 'refund', id, to: state as 'settled' };
}

const moveRefund = ({ id }: ReturnFact, state: string) =>
  books.rows(`UPDATE payment_refunds SET state = $2 WHERE id = $1`, [id, state]);

async function numbersAreWhole(): Promise<void> {
  const rows = await books.rows<{ sequence: number }>(
    `SELECT sequence FROM receipts WHERE association_id = $1 ORDER BY sequence`,
    [association.associationId],
  );
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, nth) => nth + 1));
}
const staged = (job: string, donationId: string) =>
  books.count(`outbox WHERE job = $1 AND payload->>'donationId' = $2`, [job, donationId]);

describe('facts about one gift that come at once', () => {
  it('twenty refunds and twenty revisions leave one living receipt, for what is left, and no gap', async () => {
    const { id, donationId } = await paidGift();
    await issue(donationId);
    const facts = await Promise.all(Array.from({ length: 20 }, () => refundRow(donationId, 100, 'settled')));
    await Promise.all(facts.map((fact) => revise(donationId, fact)));
    const life = await receipts.of(id);
    expect(life.at(-1)).toMatch(/^\d+ 3000 living replaces \d+$/);
    expect(life.filter((line) => line.includes('living'))).toHaveLength(1);
    await numbersAreWhole();
    // Each refund is told, whichever revision dealt with its money.
    const told = await books.count(`receipt_revisions WHERE donation_id = $1`, [donationId]);
    expect(told).toBe(20);
  });

  it('refunds that settle while others revise: the last word is what is really left', async () => {
    const { id, donationId } = await paidGift();
    await issue(donationId);
    await Promise.all(
      Array.from({ length: 20 }, async () => revise(donationId, await refundRow(donationId, 150, 'settled'))),
    );
    const life = await receipts.of(id);
    expect(life.at(-1)).toMatch(/^\d+ 2000 living replaces \d+$/);
    expect(life.filter((line) => line.includes('living'))).toHaveLength(1);
    await numbersAreWhole();
  });

  it('a refund that settles while the first receipt is being issued', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { id, donationId } = await paidGift();
      const refunded = async () => revise(donationId, await refundRow(donationId, 2_000, 'settled'));
      await Promise.all([issue(donationId), refunded(), issue(donationId)]);
      // Whoever came first: what was left to the job of issuing is in the outbox.
      await issue(donationId);
      const life = await receipts.of(id);
      expect(life.filter((line) => line.includes('living'))).toEqual([
        expect.stringMatching(/^\d+ 3000 living/),
      ]);
      await numbersAreWhole();
    }
  });

  it('the same fact twice, as after a kill, is dealt with and told once', async () => {
    const { id, donationId } = await paidGift();
    await issue(donationId);
    const fact = await refundRow(donationId, 5_000, 'settled');
    await Promise.all([revise(donationId, fact), revise(donationId, fact), revise(donationId, fact)]);
    await revise(donationId, fact);
    expect(await receipts.of(id)).toEqual([expect.stringMatching(/^\d+ 5000 cancelled refund$/)]);
    expect(await staged('receipts.tell-donor', donationId)).toBe(1);
  });
});

describe('a refund under way', () => {
  it('keeps a first receipt from being issued, and lets it be issued when it comes to nothing', async () => {
    const { id, donationId } = await paidGift();
    const fact = await refundRow(donationId, 5_000, 'sent');
    await issue(donationId);
    expect(await receipts.of(id)).toEqual([]);
    expect(await staged('receipts.thank-donor', donationId)).toBe(1);
    await moveRefund(fact, 'failed');
    await revise(donationId, { ...fact, to: 'failed' } as ReturnFact);
    // Nobody was thanked yet: the receipt is left to the job that thanks.
    expect(await staged('receipts.issue', donationId)).toBe(2);
    await issue(donationId);
    expect(await receipts.of(id)).toEqual([expect.stringMatching(/^\d+ 5000 living$/)]);
  });

  it('leaves a living receipt alone until the money has really gone', async () => {
    const { id, donationId } = await paidGift();
    await issue(donationId);
    const first = await refundRow(donationId, 1_000, 'settled');
    const second = await refundRow(donationId, 500, 'requested');
    await revise(donationId, first);
    expect((await receipts.of(id)).at(-1)).toMatch(/^\d+ 4000 living replaces/);
    await revise(donationId, second);
    expect((await receipts.of(id)).at(-1)).toMatch(/^\d+ 4000 living replaces/);
  });
});

describe('money that is not a refund of the gift', () => {
  it('a second payment given back takes nothing from the receipt of the first', async () => {
    const { id, donationId } = await paidGift();
    await issue(donationId);
    const second = newId();
    await books.rows(
      `INSERT INTO payments (association_id, id, reference, state, amount_cents, currency, description, locale, token,
                             provider, mode, method, paid_at)
       SELECT association_id, $1, reference, 'paid', amount_cents, currency, 'x', 'fr', $2, provider, mode, method, now()
         FROM payments WHERE reference = $3`,
      [second, newId(), donationId],
    );
    const fact: ReturnFact = { kind: 'refund', id: newId(), to: 'settled' };
    await books.rows(
      `INSERT INTO payment_refunds (association_id, id, payment_id, origin, state, amount_cents, currency, created_at, settled_at)
       VALUES ($1, $2, $3, 'external', 'settled', 5000, 'EUR', now(), now())`,
      [association.associationId, fact.id, second],
    );
    await revise(donationId, fact);
    expect(await receipts.of(id)).toEqual([expect.stringMatching(/^\d+ 5000 living$/)]);
  });

  it('an entry that corrects our books cancels the receipt as a correction', async () => {
    const { id, donationId } = await paidGift();
    await issue(donationId);
    const fact: ReturnFact = { kind: 'refund', id: newId(), to: 'settled' };
    await books.rows(
      `INSERT INTO payment_refunds (association_id, id, payment_id, origin, requested_by, state, amount_cents, currency, created_at, settled_at)
       SELECT association_id, $1, id, 'correction', 'test', 'settled', 5000, 'EUR', now(), now() FROM payments WHERE reference = $2`,
      [fact.id, donationId],
    );
    await revise(donationId, fact);
    expect(await receipts.of(id)).toEqual([expect.stringMatching(/^\d+ 5000 cancelled correction$/)]);
  });
});

describe('the database itself', () => {
  const inUnit = (work: (uow: UnitOfWork) => Promise<unknown>) => {
    const uow = app.get(UnitOfWork);
    return uow.inTenant(association.associationId, () => work(uow));
  };
  const COPY = `INSERT INTO receipts (association_id, id, donation_id, replaces_id, year, sequence, number, amount_cents, currency, issued_on, paid_on, snapshot)
    SELECT association_id, $2::uuid, donation_id, $3::uuid, year, $4::int, $4::int::text, amount_cents, currency, issued_on, paid_on, snapshot
      FROM receipts WHERE donation_id = $1 LIMIT 1`;

  it('knows at most one living receipt of a gift, and lets the application touch nothing of that', async () => {
    const { donationId } = await paidGift();
    await issue(donationId);
    await expect(
      inUnit((uow) => uow.execute(COPY, [donationId, newId(), null, 900_001])),
    ).rejects.toMatchObject({
      code: 'receipt_exists',
    });
    for (const statement of ['DELETE FROM living_receipts', 'UPDATE living_receipts SET receipt_id = NULL'])
      await expect(inUnit((uow) => uow.execute(statement))).rejects.toThrow('permission denied');
  });

  it('cancels a receipt once, and for good', async () => {
    const { donationId } = await paidGift();
    await issue(donationId);
    const cancel = `INSERT INTO receipt_cancellations (association_id, receipt_id, code, actor)
      SELECT association_id, id, 'refund', 'system' FROM receipts WHERE donation_id = $1`;
    await inUnit((uow) => uow.execute(cancel, [donationId]));
    await expect(inUnit((uow) => uow.execute(cancel, [donationId]))).rejects.toMatchObject({
      code: 'receipt_cancelled_already',
    });
    await expect(books.rows('DELETE FROM receipt_cancellations')).rejects.toThrow('never changed');
  });

  it('replaces a receipt by one of the same gift only, and only once', async () => {
    const [mine, other] = [await paidGift(), await paidGift()];
    await issue(mine.donationId);
    await issue(other.donationId);
    await revise(mine.donationId, await refundRow(mine.donationId, 5_000, 'settled'));
    const [{ id: othersReceipt }] = (await books.rows<{ id: string }>(
      'SELECT id FROM receipts WHERE donation_id = $1',
      [other.donationId],
    )) as [{ id: string }];
    const copy = (replaces: string) => books.rows(COPY, [mine.donationId, newId(), replaces, 900_002]);
    await expect(copy(othersReceipt)).rejects.toMatchObject({ constraint: 'receipts_replaces_own_donation' });
  });
});

describe('what a receipt says of the payment', () => {
  /** As a treasurer's entry leaves it. */
  async function receiptOf(method: string, mode: 'live' | 'test') {
    const gift = await givenGift(app, form);
    const donationId = innerId('donation', gift.id);
    await books.rows(
      `INSERT INTO payments (association_id, id, reference, state, amount_cents, currency, description, locale, token,
                             provider, mode, method, paid_at)
       SELECT association_id, $2, id, 'paid', amount_cents, currency, 'x', 'fr', $3, 'offline', $4, $5, now()
         FROM donations WHERE id = $1`,
      [donationId, newId(), newId(), mode, method],
    );
    await books.rows(`UPDATE donations SET state = 'paid', paid_at = now() WHERE id = $1`, [donationId]);
    await issue(donationId);
    const [row] = await books.rows<{ snapshot: { isSpecimen: boolean; gift: { means: string } } }>(
      'SELECT snapshot FROM receipts WHERE donation_id = $1',
      [donationId],
    );
    return [row!.snapshot.gift.means, row!.snapshot.isSpecimen];
  }

  it.each([
    ['cheque', 'live', 'cheque', false],
    ['cash', 'live', 'cash', false],
    ['transfer', 'live', 'card_transfer_debit', false],
    ['creditcard', 'test', 'card_transfer_debit', true],
  ] as const)('%s, %s: its box, and whether it is a specimen', async (method, mode, means, isSpecimen) => {
    expect(await receiptOf(method, mode)).toEqual([means, isSpecimen]);
  });
});
