import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '../house/installation.js';
import type { WebhookTrouble } from '../house/provider.js';
import type { Random } from '../random.js';

/** Something that goes wrong, and is over when it returns. */
export type Deed = (house: Installation, random: Random) => Promise<void>;

/** Processes: killed without warning, started again by whoever keeps them alive. */
const processes = {
  'kill -9 web': async (house, random) => void random.pick(house.webs).kill(),
  'kill -9 worker': async (house, random) => void random.pick(house.workers).kill(),
  'kill -9 all workers': async (house) => house.workers.forEach((worker) => worker.kill()),
} satisfies Record<string, Deed>;

/** Servers: emptied, restarted, away. */
const servers = {
  'Redis emptied': (house) => house.redis.flush(),
  'Redis restarted, empty': (house) => house.redis.restart(),
  'Redis killed for a while': async (house, random) => {
    await house.redis.kill();
    await sleep(random.between(500, 3_000));
    await house.redis.restart();
  },
  'PostgreSQL restarted': (house) => house.database.restart(),
  'PostgreSQL crashed': (house) => house.database.crash(),
  'PostgreSQL connections cut': (house) => house.database.cutConnections(),
  'mail server away': async (house, random) => {
    await house.mail.close();
    await sleep(random.between(1_000, 5_000));
    await house.mail.open();
  },
} satisfies Record<string, Deed>;

/** The provider behaves like this for a while. */
const misbehaving =
  (behaviour: (random: Random) => Record<string, unknown>): Deed =>
  async (house, random) => {
    await house.provider.behave(behaviour(random));
    await sleep(random.between(1_500, 4_000));
    await house.provider.behave({});
  };

/** Webhooks go wrong for a while; how many were lost and doubled is counted. */
const misdelivering =
  (trouble: (random: Random) => WebhookTrouble): Deed =>
  async ({ provider }, random) => {
    const wanted = trouble(random);
    await provider.deliver(wanted);
    await sleep(random.between(2_000, 5_000));
    const { webhooks: left = {} } = await provider.behaviour();
    await provider.deliver({});
    provider.webhooksLost += (wanted.lose ?? 0) - (left.lose ?? 0);
    provider.webhooksDoubled += (wanted.double ?? 0) - (left.double ?? 0);
  };

const webhooks = {
  'the next webhooks get lost': misdelivering((random) => ({ lose: random.between(10, 60) })),
  'the next webhooks come twice': misdelivering((random) => ({ double: random.between(10, 60) })),
  'webhooks come late': misdelivering((random) => ({ delayMs: random.between(300, 4_000) })),
  'webhooks come in another order': misdelivering(() => ({ reorder: true })),
  'webhooks get lost, then come twice and late': misdelivering(() => ({
    lose: 10,
    double: 40,
    delayMs: 700,
  })),
} satisfies Record<string, Deed>;

const provider = {
  'provider slow': misbehaving((random) => ({ latencyMs: random.between(100, 900) })),
  'provider hangs': misbehaving((random) => ({ hang: random.between(3, 12) })),
  'provider hangs after the work': misbehaving((random) => ({
    only: 'POST',
    hangAfterWork: random.between(3, 12),
  })),
  'provider cuts the line': misbehaving((random) => ({ dropConnection: random.between(5, 20) })),
  'provider cuts the line after the work': misbehaving((random) => ({
    only: 'POST',
    dropAfterWork: random.between(5, 20),
  })),
  'provider answers with a page': misbehaving((random) => ({ answerHtml: random.between(5, 20) })),
  'charges refused for lack of money': misbehaving((random) => ({
    failNextRecurring: { times: random.between(2, 8), failureReason: 'insufficient_funds' },
  })),
  'charges refused for good': misbehaving((random) => ({
    failNextRecurring: { times: random.between(1, 3), failureReason: 'card_expired' },
  })),
  'provider refuses with 503': misbehaving((random) => ({
    failNext: { times: random.between(5, 20), status: 503 },
  })),
  'provider refuses with 429': misbehaving((random) => ({
    failNext: { times: random.between(5, 20), status: 429, retryAfterSeconds: 1 },
  })),
} satisfies Record<string, Deed>;

/** The hands of the monkey: each does one thing at a time, all of them at once. */
export const HANDS: Record<string, Record<string, Deed>> = { processes, servers, webhooks, provider };
