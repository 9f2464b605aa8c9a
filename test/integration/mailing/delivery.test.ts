import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { innerId } from '../../../src/kernel/ids.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  eventually,
  giftDonor,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  untilReceipt,
  type GivenForm,
  type MadeGift,
} from '../../support/factories.js';
import { plainSpaces } from '../../support/pdf-text.js';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.js';

let app: TestApp;
let books: Books;
let smtp: SmtpSink;
let form: GivenForm;

beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({ smtpUrl: smtp.url });
  books = new Books(app);
  form = await givenForm(app, await givenAssociation(app));
});
afterEach(() => {
  smtp.refuseNext(0);
  smtp.release();
});
afterAll(async () => {
  await books.close();
  await app.close();
  await smtp.close();
});

async function paidGift(overrides: Record<string, unknown> = {}): Promise<MadeGift> {
  const gift = await givenGift(app, form, overrides);
  await payAtSandbox(gift.checkoutUrl);
  return gift;
}

/** The pauses between attempts are not what is tested here: what waits is due now. */
const hasten = () =>
  books.rows(`UPDATE outbox SET run_at = now() WHERE died_at IS NULL AND held_until IS NULL`);

function untilHastened(ask: () => Promise<boolean>, what: string): Promise<unknown> {
  return eventually(async () => {
    await hasten();
    return ask();
  }, what);
}

const mailsFor = (gift: MadeGift) => smtp.mails.filter(({ text }) => text.includes(gift.id));
const stateOf = async (gift: MadeGift) => (await books.mails(gift.id))[0]?.state;

describe('a mail server that will not', () => {
  it('refusing three times and then taking it: one mail, one delivery', async () => {
    smtp.refuseNext(3);
    const gift = await paidGift();
    await untilHastened(async () => (await stateOf(gift)) === 'sent', 'the mail is sent');
    await eventually(async () => (await books.jobs()).length === 0);
    expect(mailsFor(gift)).toHaveLength(1);
    expect(await books.mails(gift.id)).toMatchObject([{ state: 'sent', lastError: null }]);
  });

  it('refusing for good: the delivery is failed with the reason, without naming anybody; receipt and gift stand', async () => {
    smtp.refuseNext(1_000);
    const gift = await paidGift({ donor: giftDonor({ email: 'plein@example.org' }) });
    await untilHastened(async () => (await stateOf(gift)) === 'failed', 'the delivery is failed');
    const [mail] = await books.mails(gift.id);
    expect(mail!.lastError).toBe('The mail server did not take the mail (451).');
    await eventually(async () => (await books.jobs('mailing.send')).some(({ isDead }) => isDead));
    const [job] = await books.jobs('mailing.send');
    expect(job).toMatchObject({ attempts: 12, isDead: true });
    expect(await books.rows(`SELECT kind, subject_id AS id FROM alerts`)).toEqual([
      { kind: 'mail_failed', id: mail!.id },
    ]);
    expect(mailsFor(gift)).toEqual([]);
    expect(await untilReceipt(gift.statusUrl)).toMatchObject({ status: 'paid' });
    await books.rows(`DELETE FROM outbox`);
  });

  it('hanging: gifts are paid and receipts made all the same', async () => {
    smtp.hold();
    const stuck = await Promise.all(Array.from({ length: 6 }, () => paidGift()));
    await eventually(() => stuck.filter((gift) => mailsFor(gift).length > 0).length >= 4, 'mails hang');
    const from = Date.now();
    const gift = await paidGift();
    expect((await untilReceipt(gift.statusUrl)).receipt).not.toBeNull();
    expect(Date.now() - from).toBeLessThan(5_000);
    expect(await stateOf(gift)).not.toBe('sent');
    smtp.release();
    await untilHastened(async () => (await books.jobs()).length === 0, 'all mails are sent');
    for (const one of [...stuck, gift]) expect(mailsFor(one)).toHaveLength(1);
  });
});

describe('a receipt that cannot be issued', () => {
  it('the donor is thanked without it, told that it follows, and gets it when a person has mended the cause', async () => {
    const donor = giftDonor({ lastName: 'Perdue', email: 'sans.nom@example.org' });
    const gift = await givenGift(app, form, { donor });
    const rename = (name: string) =>
      books.rows(
        `UPDATE donors SET last_name = $2 WHERE id = (SELECT donor_id FROM donations WHERE id = $1)`,
        [innerId('donation', gift.id), name],
      );
    // A snapshot without a name is refused.
    await rename('');
    await payAtSandbox(gift.checkoutUrl);
    await untilHastened(async () => (await stateOf(gift)) === 'sent', 'the thanks are sent');
    expect(await books.receipts(gift.id)).toEqual([]);
    const [thanks] = mailsFor(gift);
    expect(thanks!.attachments).toEqual([]);
    expect(plainSpaces(thanks!.text)).toContain('Il vous arrive dans un autre courriel');
    const [dead] = await books.jobs('receipts.issue');
    expect(dead).toMatchObject({ attempts: 12, isDead: true });

    await rename('Retrouvée');
    await books.rows('UPDATE outbox SET died_at = NULL, attempts = 0 WHERE id = $1', [dead!.id]);
    await untilReceipt(gift.statusUrl);
    await eventually(() => mailsFor(gift).length === 2, 'the receipt follows by mail');
    const [, second] = mailsFor(gift);
    expect(second!.attachments).toHaveLength(1);
    await eventually(async () => (await books.jobs()).length === 0);
  });
});
