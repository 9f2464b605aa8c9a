import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { innerId } from '../../../src/kernel/ids.js';
import { PaymentProvider } from '../../../src/payments/index.js';
import { MailTransport } from '../../../src/mailing/mail-transport.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  untilReceipt,
  type GivenAssociation,
} from '../../support/factories.js';

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let donationId: string;

beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
  association = await givenAssociation(app);
  const gift = await givenGift(app, await givenForm(app, association));
  await payAtSandbox(gift.checkoutUrl);
  await untilReceipt(gift.statusUrl);
  await eventually(async () => (await books.mails(gift.id))[0]?.state === 'sent');
  donationId = innerId('donation', gift.id);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

/** Even the owner of the schema, with SQL by hand. */
describe('past money is never edited, by nobody', () => {
  it.each([
    ['its amount', 'amount_cents = amount_cents + 1'],
    ['its currency', `currency = 'USD'`],
    ['what it was for', 'reference = gen_random_uuid()'],
    ['the provider’s id', `provider_id = 'tr_other'`],
    ['its mode', `mode = 'live'`],
    ['the token of its webhook', `token = 'x'`],
    ['that it is paid', `state = 'failed'`],
    ['when it was paid', `paid_at = paid_at - interval '1 day'`],
  ])('a paid payment: %s', async (_name, edit) => {
    const update = books.rows(`UPDATE payments SET ${edit} WHERE reference = $1`, [donationId]);
    await expect(update).rejects.toMatchObject({ constraint: 'payments_past_money' });
  });

  it.each([
    ['its amount', 'amount_cents = amount_cents + 1'],
    ['its currency', `currency = 'USD'`],
    ['who gave', 'donor_id = gen_random_uuid()'],
    ['through which form', 'form_id = gen_random_uuid()'],
    ['that it is paid', `state = 'pending'`],
    ['when it was paid', `paid_at = paid_at - interval '1 day'`],
    ['its contribution to the platform', 'tip_cents = tip_cents + 1'],
    ['its form', 'form_id = NULL'],
    ['its request', `request_key = 'another'`],
  ])('a paid gift: %s', async (_name, edit) => {
    const update = books.rows(`UPDATE donations SET ${edit} WHERE id = $1`, [donationId]);
    await expect(update).rejects.toMatchObject({ constraint: 'donations_past_money' });
  });

  it.each([
    ['its number', `number = '2000-1'`],
    ['its sequence', 'sequence = sequence + 1'],
    ['its amount', 'amount_cents = amount_cents + 1'],
    ['its snapshot', `snapshot = jsonb_set(snapshot, '{donor,lastName}', '"Autre"')`],
    ['its PDF', 'pdf_file_id = NULL'],
    ['its day', `issued_on = issued_on - 1`],
  ])('an issued receipt: %s', async (_name, edit) => {
    const update = books.rows(`UPDATE receipts SET ${edit} WHERE donation_id = $1`, [donationId]);
    await expect(update).rejects.toMatchObject({ constraint: 'receipts_frozen' });
  });

  it('an issued receipt is not deleted', async () => {
    const removal = books.rows('DELETE FROM receipts WHERE donation_id = $1', [donationId]);
    await expect(removal).rejects.toMatchObject({ constraint: 'receipts_frozen' });
  });

  it.each(['payment_events', 'donation_events', 'journal_entries', 'stored_files', 'form_events'])(
    'what %s say happened is neither changed nor deleted',
    async (table) => {
      await expect(books.rows(`UPDATE ${table} SET id = gen_random_uuid()`)).rejects.toThrow('never changed');
      await expect(books.rows(`DELETE FROM ${table}`)).rejects.toThrow('never changed');
    },
  );
});

describe('no foreign call inside a transaction', () => {
  const inUnit = <T>(work: () => Promise<T>): Promise<T> =>
    app.get(UnitOfWork).inTenant(association.associationId, work);

  it('the provider refuses to be called', async () => {
    const provider = app.get(PaymentProvider);
    const apiKey = app.config.mollie.apiKey!;
    await expect(inUnit(() => provider.getPayment({ apiKey }, 'tr_1'))).rejects.toThrow('A foreign call');
    expect(await provider.getPayment({ apiKey }, 'tr_1')).toMatchObject({ outcome: 'refused' });
  });

  it('the mail server refuses to be called', async () => {
    const mail = {
      messageId: '<a@example.org>',
      from: { name: 'A', address: 'a@example.org' },
      to: 'b@example.org',
      replyTo: 'c@example.org',
      subject: 'S',
      html: '<p>H</p>',
      text: 'T',
      attachments: [],
    };
    await expect(inUnit(() => app.get(MailTransport).send(mail))).rejects.toThrow('A foreign call');
    await app.get(MailTransport).send(mail);
  });
});
