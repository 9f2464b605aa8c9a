import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.js';
import { Books } from '../../support/books.js';
import { eventually, givenAssociation, givenForm, type GivenAssociation } from '../../support/factories.js';
import { call } from '../../support/http-client.js';
import { GivenMoney, type KeptRefund, type PaidGift } from '../../support/money.js';
import { pdfText, plainSpaces } from '../../support/pdf-text.js';
import { ReceiptLife } from '../../support/receipt-life.js';
import { describeWith } from '../../support/tools/describe-with.js';

let app: TestApp;
let books: Books;
let association: GivenAssociation;
let money: GivenMoney;
let receipts: ReceiptLife;

beforeAll(async () => {
  app = await startTestApp();
  books = new Books(app);
});
afterAll(async () => {
  await books.close();
  await app.close();
});

/** Each story has an association of its own, so that its numbers begin at 1. */
async function newStory(): Promise<void> {
  association = await givenAssociation(app);
  money = new GivenMoney(app, books, association, await givenForm(app, association));
  receipts = new ReceiptLife(app, books, association.keys.reader);
}

async function receipted(): Promise<PaidGift> {
  const paid = await money.paidGift();
  await receipts.untilLiving(paid.gift.id, 5_000);
  await eventually(async () => (await books.mails(paid.gift.id))[0]?.state === 'sent', 'the thanks are sent');
  return paid;
}

const pageOf = async ({ gift }: PaidGift): Promise<string> => {
  const page = await call(app, `/don/${gift.statusUrl.split('/').at(-1)}`, {
    headers: { 'accept-language': 'fr' },
  });
  return plainSpaces(page.text);
};
const quiet = () => eventually(async () => (await books.jobs()).length === 0, 'no job is left');
const refundAtProvider = (paid: PaidGift, cents?: number) =>
  money.sandbox.refund(paid.providerId, { cents, status: 'refunded' });
const year = new Date().getFullYear();
const number = (sequence: number) => `${year}-${String(sequence).padStart(6, '0')}`;

describeWith('poppler', 'a part of a gift that goes back', () => {
  let paid: PaidGift;
  beforeAll(async () => {
    await newStory();
    paid = await receipted();
    await refundAtProvider(paid, 2_000);
    await receipts.untilLiving(paid.gift.id, 3_000);
    await quiet();
  });

  it('cancels the receipt with its reason, and the next number takes its place for what is left', async () => {
    expect(await receipts.of(paid.gift.id)).toEqual(['1 5000 cancelled refund', '2 3000 living replaces 1']);
  });

  it('the new receipt says which one it cancels and replaces; the old one stays as it was', async () => {
    const [first, second] = await books.receipts(paid.gift.id);
    const text = await pdfText(second!.pdf!.bytes);
    expect(text).toContain(`Annule et remplace le reçu n° ${number(1)}`);
    expect(text).toContain('trente euros');
    expect(await pdfText(first!.pdf!.bytes)).toContain('cinquante euros');
  });

  it('one mail tells the donor, with the new receipt; nobody is thanked twice', async () => {
    const mail = await receipts.untilMail('donor-refund-settled');
    expect(plainSpaces(mail.subject)).toBe('Remboursement de 20 € – Les Lilas du canal');
    expect(mail.words).toContain(`Le reçu n° ${number(1)} n’est plus valable : ne l’utilisez pas`);
    expect(mail.words).toContain(`Le reçu n° ${number(2)}, de 30 €, l’annule et le remplace.`);
    expect(mail.attachments.map(({ filename }) => filename)).toEqual([`recu-fiscal-${number(2)}.pdf`]);
    expect(await books.mails(paid.gift.id)).toHaveLength(1);
  });

  it('the treasurer sees both, each with its place in the chain, and may download both', async () => {
    const told = await receipts.told(paid.gift.id);
    expect(told).toMatchObject([
      { number: number(2), status: 'issued', cancelReason: null, replaces: { number: number(1) } },
      { number: number(1), status: 'cancelled', cancelReason: 'refund', replacedBy: { number: number(2) } },
    ]);
    for (const { pdf } of told) {
      const { status } = await call(app, pdf!.url, { key: association.keys.reader });
      expect(status).toBe(200);
    }
    const list = (status: string) =>
      call(app, `/v1/receipts?status=${status}`, { key: association.keys.reader }).then(({ json }) =>
        (json as { data: Array<{ number: string }> }).data.map((receipt) => receipt.number),
      );
    expect(await list('issued')).toEqual([number(2)]);
    expect(await list('cancelled')).toEqual([number(1)]);
  });

  it('the donor’s page has the new one, and says since when the old one is void', async () => {
    const page = await pageOf(paid);
    expect(page).toContain(`Il porte le numéro ${number(2)}.`);
    expect(page).toMatch(
      new RegExp(`Le reçu n° ${number(1)} a été annulé le \\d+ \\S+ ${year} : ne l’utilisez pas\\.`),
    );
  });

  it('heard again, it changes nothing', async () => {
    const before = await receipts.mailFacts();
    await money.webhook(paid);
    await quiet();
    expect(await receipts.of(paid.gift.id)).toHaveLength(2);
    expect(await receipts.mailFacts()).toEqual(before);
  });
});

describe('a refund that fails after it was told', () => {
  it('brings back the whole amount under a new number, and the donor hears of it', async () => {
    await newStory();
    const paid = await receipted();
    const refund = await refundAtProvider(paid, 2_000);
    await receipts.untilLiving(paid.gift.id, 3_000);
    await money.sandbox.moveRefund(paid.providerId, refund, 'failed');
    await receipts.untilLiving(paid.gift.id, 5_000);
    await quiet();
    expect(await receipts.of(paid.gift.id)).toEqual([
      '1 5000 cancelled refund',
      '2 3000 cancelled refund_failed replaces 1',
      '3 5000 living replaces 2',
    ]);
    const [{ id }] = (await money.refunds(paid)) as [KeptRefund];
    const mail = await receipts.untilMail('donor-refund-failed', id);
    expect(mail.words).toContain('la somme est revenue à l’association');
    expect(mail.words).toContain(`Le reçu n° ${number(3)}, de 50 €, l’annule et le remplace.`);
    const notice = await receipts.untilMail('treasurer-refund-failed', id);
    expect(notice).toMatchObject({ recipient: 'bonjour@lilas.example' });
    expect(notice.words).toContain(`annulé et remplacé par le n° ${number(3)}`);
  });

  it('says nothing to a donor who was never told', async () => {
    await newStory();
    const paid = await receipted();
    const refund = await money.sandbox.refund(paid.providerId, { cents: 1_000, status: 'queued' });
    await money.sandbox.moveRefund(paid.providerId, refund, 'canceled');
    await money.untilRefunds(paid, 'cancelled');
    await quiet();
    expect(await receipts.of(paid.gift.id)).toEqual(['1 5000 living']);
    const [{ id }] = (await money.refunds(paid)) as [KeptRefund];
    expect((await receipts.mails()).filter(({ fact }) => fact.endsWith(id))).toEqual([]);
  });
});

describe('a gift refunded whole', () => {
  it('has no receipt any more: cancelled, not replaced, and everybody told', async () => {
    await newStory();
    const paid = await receipted();
    await refundAtProvider(paid);
    const mail = await receipts.untilMail(
      'donor-refund-settled',
      (await money.untilRefunds(paid, 'settled'))[0]!.id,
    );
    await quiet();
    expect(await receipts.of(paid.gift.id)).toEqual(['1 5000 cancelled refund']);
    expect(mail.words).toContain('Aucun autre ne le remplace');
    expect(mail.attachments).toEqual([]);
    const page = await pageOf(paid);
    expect(page).toContain('Votre don vous a été remboursé');
    expect(page).not.toContain('Merci');
    expect(page).toContain(`Le reçu n° ${number(1)} a été annulé`);
  });
});

describe('a dispute', () => {
  it('voids the receipt, won it brings another; the treasurer has the bank’s reason', async () => {
    await newStory();
    const paid = await receipted();
    const reason = { code: 'MD06', description: 'Refund request by end customer' };
    const chargeback = await money.sandbox.chargeBack(paid.providerId, { cents: 5_000, reason });
    const [dispute] = await money.untilDisputes(paid, 'opened');
    const notice = await receipts.untilMail('treasurer-dispute-opened', dispute!.id);
    expect(plainSpaces(notice.subject)).toBe(`Impayé de 50 € – don ${paid.gift.id}`);
    expect(notice.words).toContain('Motif donné : MD06: Refund request by end customer');
    expect(notice.words).toContain(`Le reçu fiscal n° ${number(1)} est annulé.`);
    expect((await receipts.untilMail('donor-dispute-opened', dispute!.id)).words).toContain(
      'ont été repris à l’association par votre banque',
    );
    expect(await receipts.of(paid.gift.id)).toEqual(['1 5000 cancelled dispute']);

    await money.sandbox.reverse(paid.providerId, chargeback);
    await money.webhook(paid);
    await receipts.untilLiving(paid.gift.id, 5_000);
    const back = await receipts.untilMail('donor-dispute-won', dispute!.id);
    expect(back.words).toContain(`Le reçu n° ${number(2)}, de 50 €, l’annule et le remplace.`);
    expect(back.attachments).toHaveLength(1);
    expect((await receipts.untilMail('treasurer-dispute-won', dispute!.id)).words).toContain(
      'Vous n’avez rien à faire.',
    );
    expect(await receipts.of(paid.gift.id)).toEqual(['1 5000 cancelled dispute', '2 5000 living replaces 1']);
  });
});
