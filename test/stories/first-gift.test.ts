import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { legalYear } from '../../src/kernel/clock.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  untilReceipt,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { call } from '../support/http-client.js';
import { pdfText, plainSpaces } from '../support/pdf-text.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.js';
import { describeWith } from '../support/tools/describe-with.js';

const NUMBER = `${legalYear(new Date())}-000001`;

interface House {
  web: TestApp;
  smtp: SmtpSink | null;
  close(): Promise<void>;
}

/** One process, no Redis, no mail server: `npm start`. */
async function embedded(): Promise<House> {
  const web = await startTestApp();
  return { web, smtp: null, close: () => web.close() };
}

/** A web process and a worker that meet in Redis, and a mail server. */
async function apart(): Promise<House> {
  const redis: TestRedis = await startRedis();
  const smtp = await startSmtpSink();
  const common = { redisUrl: redis.url, smtpUrl: smtp.url };
  const web = await startTestApp({ ...common, role: 'web' });
  const worker = await startTestApp({ ...common, role: 'worker', beside: web });
  return {
    web,
    smtp,
    close: async () => {
      await worker.close();
      await web.close();
      await smtp.close();
      await redis.stop();
    },
  };
}

function tellTheStory(start: () => Promise<House>): void {
  let house: House;
  let books: Books;
  let association: GivenAssociation;
  let form: GivenForm;
  let gift: { id: string; checkoutUrl: string; statusUrl: string };

  beforeAll(async () => {
    house = await start();
    books = new Books(house.web);
    association = await givenAssociation(house.web, { name: 'Les Lilas du canal' });
    form = await givenForm(house.web, association);
  });
  afterAll(async () => {
    await books.close();
    await house.close();
  });

  it('a gift over HTTP is sent to the checkout, and pending until it is paid', async () => {
    gift = await givenGift(house.web, form);
    expect(gift).toMatchObject({ status: 'pending', amount: { cents: 5_000, currency: 'EUR' } });
    expect((await call(house.web, gift.statusUrl)).json).toEqual({
      id: gift.id,
      status: 'pending',
      receipt: null,
    });
  });

  it('paid at the checkout, the donor comes back to a page that thanks, and the receipt has its number', async () => {
    const back = await payAtSandbox(gift.checkoutUrl);
    const page = await call(house.web, back);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Merci');
    const status = await untilReceipt(gift.statusUrl);
    expect(status).toMatchObject({ status: 'paid', receipt: { number: NUMBER } });
  });

  it('the receipt is a PDF that says who gave, how much, and under which number; its bytes are those stored', async () => {
    const [receipt] = await books.receipts(gift.id);
    const { receipt: told } = await untilReceipt(gift.statusUrl);
    const { downloadUrl } = told as { downloadUrl: string };
    const pdf = Buffer.from(await (await fetch(downloadUrl)).arrayBuffer());
    expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(receipt!.pdf!.sha256);
    const text = await pdfText(pdf);
    for (const words of ['Martin', 'Camille', '8 rue des Écluses', 'cinquante euros', NUMBER, gift.id])
      expect(text).toContain(words);
  });

  it('one mail carries it, from a person, with the receipt attached', async () => {
    await eventually(async () => (await books.mails(gift.id))[0]?.state === 'sent', 'the mail is sent');
    const [kept, ...others] = await books.mails();
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ recipient: 'camille.martin@example.org' });
    const mail = house.smtp ? await fromTheMailServer() : await fromTheDemoMailbox();
    const [receipt] = await books.receipts(gift.id);
    expect(plainSpaces(mail.subject)).toBe('Votre don de 50 € – Les Lilas du canal : merci');
    expect(mail.text).toContain('Nadia Benali, Présidente');
    expect(mail.text).toContain(`${house.web.url}/don/`);
    expect(mail.attached).toEqual({ filename: `recu-fiscal-${NUMBER}.pdf`, bytes: receipt!.pdf!.bytes });
  });

  it('its whole life is written down, in order', async () => {
    expect(await books.lifeOf(gift.id)).toEqual([
      'attempt 1 created → open',
      'attempt 1 open → paid',
      'gift pending → paid',
      'receipt 1 of 5000 cents, drawn',
      'mail sent with 1 attachment',
    ]);
    await eventually(async () => (await books.jobs()).length === 0, 'no job is left');
  });

  it('the treasurer finds gift, receipt and PDF with a key', async () => {
    const key = association.keys.reader;
    const donation = await call(house.web, `/v1/donations/${gift.id}`, { key });
    expect(donation.json).toMatchObject({ status: 'paid', donor: { lastName: 'Martin' } });
    const list = await call(house.web, '/v1/receipts', { key });
    const { data } = list.json as { data: Array<{ id: string; number: string; donationId: string }> };
    expect(data).toMatchObject([{ number: NUMBER, donationId: gift.id }]);
    const pdf = await call(house.web, `/v1/receipts/${data[0]!.id}/pdf`, { key });
    expect(pdf).toMatchObject({ status: 200, text: expect.stringMatching(/^%PDF/) });
  });

  async function fromTheMailServer() {
    const [mail, ...others] = house.smtp!.mails;
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      from: { name: 'Les Lilas du canal', address: 'dons@example.org' },
      to: ['camille.martin@example.org'],
      replyTo: 'bonjour@lilas.example',
      attachments: [{ mimeType: 'application/pdf' }],
    });
    expect(mail!.html).toContain('Merci, Camille.');
    const [pdf] = mail!.attachments;
    const attached = { filename: pdf!.filename, bytes: pdf!.content };
    return { subject: mail!.subject, text: mail!.text, attached };
  }

  async function fromTheDemoMailbox() {
    const list = await call(house.web, '/boite-aux-lettres');
    const [, url] = /href="(\/boite-aux-lettres\/mail_[^"]+)"/.exec(list.text)!;
    const page = await call(house.web, url!);
    expect(page.text).toContain(`recu-fiscal-${NUMBER}.pdf`);
    const piece = await fetch(`${house.web.url}${url}/pieces/0`);
    const [, filename] = /filename="([^"]+)"/.exec(piece.headers.get('content-disposition')!)!;
    const [kept] = await books.mails(gift.id);
    const attached = { filename, bytes: Buffer.from(await piece.arrayBuffer()) };
    return { subject: kept!.subject, text: kept!.text, attached };
  }
}

describeWith('poppler', 'the first gift, in one process', () => {
  tellTheStory(embedded);
});

describeWith('redis', 'the first gift, with Bull, a worker and a mail server', () => {
  describeWith('poppler', 'from the form to the mail', () => tellTheStory(apart));
});
