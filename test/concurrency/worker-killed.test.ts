import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { innerId } from '../../src/kernel/ids.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books } from '../support/books.js';
import {
  eventually,
  givenAssociation,
  givenForm,
  givenGift,
  payAtSandbox,
  type GivenForm,
  type MadeGift,
} from '../support/factories.js';
import { Gate } from '../support/gate.js';
import { OboleProcess } from '../support/obole-process.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.js';
import { describeWith } from '../support/tools/describe-with.js';

/** Takes gifts and webhooks, and carries out nothing. */
let web: TestApp;
let books: Books;
let smtp: SmtpSink;
let form: GivenForm;

beforeAll(async () => {
  smtp = await startSmtpSink();
  web = await startTestApp({ role: 'web', smtpUrl: smtp.url });
  books = new Books(web);
  form = await givenForm(web, await givenAssociation(web));
});
afterAll(async () => {
  await books.close();
  await web.close();
  await smtp.close();
});

const idOf = (gift: MadeGift): string => innerId('donation', gift.id);
const gates: Gate[] = [];

async function gate(statement: string, parameters: unknown[] = []): Promise<Gate> {
  const closed = await Gate.close(web.database.ownerUrl, statement, parameters);
  gates.push(closed);
  return closed;
}

/** A test that failed before its gate must not fail those after it. */
afterEach(async () => {
  smtp.release();
  await Promise.all(gates.splice(0).map((closed) => closed.open()));
});

interface Step {
  job: string;
  /** Stands in the way of the step's own writing. */
  block: (gift: MadeGift) => Promise<Gate>;
  /** Its writing is committed. */
  isDone: (gift: MadeGift) => Promise<boolean>;
}

/** The steps of a gift after its payment, in their order, except the mail. */
const STEPS: Step[] = [
  {
    job: 'payments.sync',
    // Does not keep the webhook from being written down.
    block: (gift) => gate('SELECT FROM payments WHERE reference = $1 FOR NO KEY UPDATE', [idOf(gift)]),
    isDone: async (gift) => (await books.payments(gift.id))[0]!.state === 'paid',
  },
  {
    job: 'receipts.issue',
    block: () => gate('LOCK TABLE receipts IN SHARE ROW EXCLUSIVE MODE'),
    isDone: async (gift) => (await books.receipts(gift.id)).length === 1,
  },
  {
    job: 'receipts.render',
    block: () => gate('LOCK TABLE stored_files IN SHARE ROW EXCLUSIVE MODE'),
    isDone: async (gift) => (await books.receipts(gift.id))[0]?.pdf != null,
  },
  {
    job: 'receipts.thank-donor',
    block: () => gate('LOCK TABLE mail_deliveries IN SHARE ROW EXCLUSIVE MODE'),
    isDone: async (gift) => (await books.mails(gift.id)).length === 1,
  },
];

/** A gift on its way that has come to this step and cannot end it. */
async function heldIn({ block }: Step): Promise<{ gift: MadeGift; gate: Gate }> {
  const gift = await givenGift(web, form);
  const held = await block(gift);
  await payAtSandbox(gift.checkoutUrl);
  await held.reached();
  return { gift, gate: held };
}

/** A gift whose step is committed while the job cannot be crossed off: its row is held. */
async function heldAfter(step: Step): Promise<{ gift: MadeGift; gate: Gate }> {
  const { gift, gate: before } = await heldIn(step);
  const after = await gate('SELECT FROM outbox WHERE job = $1 FOR UPDATE', [step.job]);
  await before.open();
  await eventually(() => step.isDone(gift), `${step.job} is done`);
  return { gift, gate: after };
}

async function everythingIsThereOnce(gift: MadeGift, mails: number): Promise<void> {
  await eventually(async () => (await books.jobs()).length === 0, 'no job is left');
  expect(await books.lifeOf(gift.id)).toEqual([
    'attempt 1 created → open',
    'attempt 1 open → paid',
    'gift pending → paid',
    expect.stringMatching(/^receipt \d+ of 5000 cents, drawn$/),
    'mail sent with 1 attachment',
  ]);
  const [receipt] = await books.receipts(gift.id);
  const [mail] = await books.mails(gift.id);
  expect(mail!.attachments).toEqual([
    { fileId: expect.any(String), filename: `recu-fiscal-${receipt!.number}.pdf` },
  ]);
  const sent = smtp.mails.filter(({ text }) => text.includes(gift.id));
  expect(sent).toHaveLength(mails);
  expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(1);
  expect(sent[0]!.attachments[0]!.content).toEqual(receipt!.pdf!.bytes);
}

/** Numbers follow one another and every drawing belongs to a receipt, whatever was killed. */
async function booksAreWhole(): Promise<void> {
  const receipts = await books.receipts();
  expect(receipts.map(({ sequence }) => sequence)).toEqual(receipts.map((_, nth) => nth + 1));
  expect(await books.count(`stored_files WHERE media_type = 'application/pdf'`)).toBe(receipts.length);
  expect(await books.count('outbox')).toBe(0);
}

function whateverIsKilled(redis: () => TestRedis | undefined): void {
  let worker: OboleProcess;
  const start = () => OboleProcess.start(web, { redisUrl: redis()?.url, smtpUrl: smtp.url });

  beforeAll(async () => {
    worker = await start();
  });
  afterAll(async () => {
    await worker.stop();
    await booksAreWhole();
  });

  const restart = async (opened: Gate[]): Promise<void> => {
    await worker.kill();
    await Promise.all(opened.map((one) => one.open()));
    worker = await start();
  };

  async function killedWhile(hold: typeof heldIn, steps: Step[]): Promise<void> {
    const held = [];
    // The last step first: a gift passes those that are not held yet.
    for (const step of steps.toReversed()) held.push(await hold(step));
    await restart(held.map((one) => one.gate));
    for (const { gift } of held) await everythingIsThereOnce(gift, 1);
  }

  it('killed in the middle of every step: undone, and done once after the restart', () =>
    killedWhile(heldIn, STEPS));

  // One of each lane at a time: a lane extends the leases of its jobs together, and would wait for the gate.
  it.each([
    ['payments.sync', 'receipts.render'],
    ['receipts.issue', 'receipts.thank-donor'],
  ])('killed between the work of %s and %s and crossing them off: not done twice', (...jobs) =>
    killedWhile(
      heldAfter,
      STEPS.filter(({ job }) => jobs.includes(job)),
    ),
  );

  it('killed while the mail server has the mail and has not answered: sent again under the same Message-ID', async () => {
    const gift = await givenGift(web, form);
    smtp.hold();
    await payAtSandbox(gift.checkoutUrl);
    await eventually(() => smtp.mails.some(({ text }) => text.includes(gift.id)), 'the mail is on its way');
    await restart([]);
    smtp.release();
    await everythingIsThereOnce(gift, 2);
  });

  it('killed between the mail and the note that it is sent: sent again under the same Message-ID', async () => {
    const gift = await givenGift(web, form);
    smtp.hold();
    await payAtSandbox(gift.checkoutUrl);
    await eventually(() => smtp.mails.some(({ text }) => text.includes(gift.id)), 'the mail is on its way');
    const [mail] = await books.mails(gift.id);
    const note = await gate('SELECT FROM mail_deliveries WHERE id = $1 FOR UPDATE', [mail!.id]);
    smtp.release();
    await note.reached();
    await restart([note]);
    await everythingIsThereOnce(gift, 2);
  });
}

describe('a worker, with jobs straight from the outbox', () => {
  whateverIsKilled(() => undefined);
});

describeWith('redis', 'a worker, with jobs by Bull', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  whateverIsKilled(() => redis);
});
