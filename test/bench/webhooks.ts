import { setTimeout as sleep } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import type { OpenGift } from './parts/gift-procedures.js';
import { providerIdOf } from './support/bench-provider.js';
import { inHouse, type BenchOptions, type House } from './support/house.js';
import type { Request } from './support/load.js';
import { figures, inTurns, ratio, round, type Sample } from './support/measure.js';
import type { BenchReport } from './support/report.js';

/** Payments made paid in a slice. */
const BATCH = 800;
const ANSWER_SLICE_MS = 1_000;
const LOOK_MS = 5;

const webhook = ({ token, paymentId }: OpenGift): Request => ({
  path: `/webhooks/mollie/${token}`,
  type: 'application/x-www-form-urlencoded',
  body: `id=${providerIdOf(paymentId)}`,
});

/**
 * From the provider's call to a paid payment, a paid gift, its entry in the ledger and the receipt's job; and, apart, how soon the call is
 * answered: in a web process, and in one that carries out the jobs at the same time.
 */
export function webhooksBench(options: BenchOptions): Promise<BenchReport> {
  return inHouse(options, async (house) => {
    const { database, server, floor, load } = house;
    await receiptsWait(house);
    const gifts = await server.call('openGifts', BATCH);
    const busy: Sample[] = [];
    const samples = await inTurns(
      options.seconds,
      {
        answers: () => load.runFor(ANSWER_SLICE_MS, () => webhook(gifts[Math.floor(Math.random() * BATCH)]!)),
        answersPg: async () => emptied(house, await floor.call('receive', { gifts, ms: ANSWER_SLICE_MS })),
        settled: async () => {
          const { answered, all } = await settle(house, await server.call('openGifts', BATCH));
          busy.push(answered);
          return all;
        },
        settledPg: async () =>
          emptied(house, await floor.call('settle', await server.call('openGifts', BATCH))),
      },
      database.analyze,
    );
    const [settled, settledPg] = [figures(samples.settled), figures(samples.settledPg)];
    const [answers, answersPg] = [figures(samples.answers), figures(samples.answersPg)];
    const whileSyncing = figures(busy.slice(1));
    return {
      table: {
        'webhook to paid and booked, receipt staged': { rate: settled.rate },
        'floor: the same rows by bare pg, ledger included': settledPg,
        'webhook answered (web process)': answers,
        'floor: its rows by bare pg': answersPg,
        'webhook answered while the same process syncs': whileSyncing,
      },
      line: {
        bench: 'webhooks',
        unit: 'payments/s',
        rate: settled.rate,
        floor: settledPg.rate,
        ratio: ratio(settled.rate, settledPg.rate),
        p50Ms: answers.p50Ms,
        p99Ms: answers.p99Ms,
        answers: answers.rate,
        answersFloor: answersPg.rate,
        answersRatio: ratio(answers.rate, answersPg.rate),
        p50MsWhileSyncing: whileSyncing.p50Ms,
        p99MsWhileSyncing: whileSyncing.p99Ms,
        connections: options.connections,
        rssMb: round((await server.call('memory')).rss / 1e6),
      },
    };
  });
}

/** All webhooks at once on all connections, with the lane of money jobs running; until no payment waits any more. */
async function settle(house: House, gifts: OpenGift[]): Promise<{ answered: Sample; all: Sample }> {
  const { server, load, database } = house;
  await emptied(house, undefined);
  await server.call('startMoneyLane');
  const queue = gifts.map(webhook);
  const started = performance.now();
  const answered = await load.run(() => queue.pop());
  const waiting = async () =>
    (await database.admin.query(`SELECT FROM outbox WHERE job = 'payments.sync' LIMIT 1`)).rowCount !== 0;
  while (await waiting()) await sleep(LOOK_MS);
  const all = { times: answered.times, ms: performance.now() - started };
  await server.call('stopMoneyLane');
  await assertPaid(house, gifts);
  return { answered, all };
}

async function assertPaid({ database }: House, gifts: OpenGift[]): Promise<void> {
  const { rows } = await database.admin.query(
    `SELECT count(*)::int AS paid FROM donations WHERE id = ANY($1) AND state = 'paid'
        AND EXISTS (SELECT FROM outbox WHERE job = 'receipts.issue' AND payload->>'donationId' = donations.id::text)
        AND EXISTS (SELECT FROM payments p JOIN ledger_entries e ON e.source_id = p.id AND e.fact = 'gift_settled'
                     WHERE p.reference = donations.id)`,
    [gifts.map(({ donationId }) => donationId)],
  );
  if (rows[0].paid !== gifts.length)
    throw new Error(`Only ${rows[0].paid} of ${gifts.length} gifts are paid.`);
}

/** Takes what a slice has staged out of the way of the next one. */
async function emptied<T>({ database }: House, sample: T): Promise<T> {
  await database.admin.query('TRUNCATE outbox');
  return sample;
}

/** Receipts are another benchmark: their jobs are staged, for ours and for the floor, and do not fall due. */
async function receiptsWait({ database }: House): Promise<void> {
  await database.admin.query(
    `CREATE FUNCTION bench_wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.run_at := 'infinity'; RETURN NEW; END $$;
     CREATE TRIGGER bench_wait BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.job = 'receipts.issue') EXECUTE FUNCTION bench_wait()`,
  );
}
