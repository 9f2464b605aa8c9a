import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import { eventually, givenAssociation, givenForm } from '../support/factories.js';
import { readBook } from '../support/ledger-book.js';
import { GivenMoney, type KeptRefund, type PaidGift } from '../support/money.js';
import { pdfText, plainSpaces } from '../support/pdf-text.js';
import { ReceiptLife } from '../support/receipt-life.js';
import { startSmtpSink, type ReceivedMail, type SmtpSink } from '../support/smtp-sink.js';
import { describeWith } from '../support/tools/describe-with.js';

const DONOR = 'camille.martin@example.org';
const TREASURER = 'bonjour@lilas.example';
const year = new Date().getFullYear();
const number = (sequence: number): string => `${year}-${String(sequence).padStart(6, '0')}`;

/** One gift whose money goes back and comes back in every way there is. */
describeWith('poppler', 'a gift that is refunded, in vain, disputed, and won', () => {
  let app: TestApp;
  let smtp: SmtpSink;
  let books: Books;
  let associationId: string;
  let money: GivenMoney;
  let receipts: ReceiptLife;
  let paid: PaidGift;

  beforeAll(async () => {
    smtp = await startSmtpSink();
    app = await startTestApp({ smtpUrl: smtp.url });
    books = new Books(app);
    const association = await givenAssociation(app);
    associationId = association.associationId;
    money = new GivenMoney(app, books, association, await givenForm(app, association));
    receipts = new ReceiptLife(app, books, association.keys.reader);
  });
  afterAll(async () => {
    await books.close();
    await app.close();
    await smtp.close();
  });

  /** The n-th mail to somebody, when it has come. */
  const mailTo = (recipient: string, nth: number): Promise<ReceivedMail> =>
    eventually(() => smtp.mails.filter(({ to }) => to[0] === recipient)[nth - 1], `mail ${nth} has come`);
  const attachedText = async ({ attachments }: ReceivedMail): Promise<string> => {
    expect(attachments).toHaveLength(1);
    return pdfText(attachments[0]!.content);
  };
  const quiet = () => eventually(async () => (await books.jobs()).length === 0, 'no job is left');

  it('paid, the gift has its receipt, and the donor the thanks with it', async () => {
    paid = await money.paidGift();
    expect(await attachedText(await mailTo(DONOR, 1))).toContain('cinquante euros');
  });

  it('a treasurer refunds 20 €: as long as the money has not left, the receipt stands', async () => {
    await money.refund(paid, 2_000);
    await money.untilRefunds(paid, 'sent');
    await quiet();
    expect(await receipts.of(paid.gift.id)).toEqual(['1 5000 living']);
  });

  it('when it leaves, another receipt says 30 €, and the donor has it with the news', async () => {
    const [{ providerId }] = (await money.refunds(paid)) as [KeptRefund];
    await money.sandbox.moveRefund(paid.providerId, providerId!, 'refunded');
    const mail = await mailTo(DONOR, 2);
    expect(plainSpaces(mail.subject)).toBe('Remboursement de 20 € – Les Lilas du canal');
    expect(plainSpaces(mail.text)).toContain(`Le reçu n° ${number(1)} n’est plus valable`);
    const pdf = await attachedText(mail);
    expect(pdf).toContain('trente euros');
    expect(pdf).toContain(`Annule et remplace le reçu n° ${number(1)}`);
  });

  it('the bank sends the refund back: the receipt says 50 € again, and the treasurer knows what to do', async () => {
    const [{ providerId }] = (await money.refunds(paid)) as [KeptRefund];
    await money.sandbox.moveRefund(paid.providerId, providerId!, 'failed');
    const mail = await mailTo(DONOR, 3);
    expect(plainSpaces(mail.subject)).toContain('Votre remboursement de 20 € n’a pas abouti');
    expect(await attachedText(mail)).toContain('cinquante euros');
    const notice = await mailTo(TREASURER, 1);
    expect(plainSpaces(notice.text)).toContain('convenir d’un autre moyen, par exemple un virement');
  });

  it('the donor’s bank takes it all: there is no receipt any more', async () => {
    const reason = { code: 'MD06', description: 'Refund request by end customer' };
    const chargeback = await money.sandbox.chargeBack(paid.providerId, { cents: 5_000, reason });
    const mail = await mailTo(DONOR, 4);
    expect(mail.attachments).toEqual([]);
    expect(plainSpaces(mail.text)).toContain(`Le reçu n° ${number(3)} n’est plus valable`);
    expect(plainSpaces((await mailTo(TREASURER, 2)).text)).toContain('MD06: Refund request by end customer');
    await money.sandbox.reverse(paid.providerId, chargeback);
    await money.webhook(paid);
  });

  it('and gives it back: the fourth number is the one that counts', async () => {
    const pdf = await attachedText(await mailTo(DONOR, 5));
    expect(pdf).toContain('cinquante euros');
    expect(pdf).toContain(`Annule et remplace le reçu n° ${number(3)}`);
    await quiet();
    expect(await receipts.of(paid.gift.id)).toEqual([
      '1 5000 cancelled refund',
      '2 3000 cancelled refund_failed replaces 1',
      '3 5000 cancelled dispute replaces 2',
      '4 5000 living replaces 3',
    ]);
    expect(smtp.mails).toHaveLength(8);
  });

  it('an accountant reads it in the book', async () => {
    expect(await readBook(app.database, associationId)).toMatchSnapshot();
  });
});
