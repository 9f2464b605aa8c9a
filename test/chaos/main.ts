// npm run chaos -- [--gifts 10000] [--seed N] [--minutes M] [--lanes 12] [--spread SECONDS]
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { report } from './report.js';
import { runChaos } from './run-chaos.js';

/** Three months, with the days on which refused charges are tried again. */
const MONTH = [4, 4, 8, 15];
const WEEKS = [...MONTH, ...MONTH, ...MONTH];

const { values } = parseArgs({
  options: {
    gifts: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    minutes: { type: 'string', default: '40' },
    lanes: { type: 'string', default: '12' },
    spread: { type: 'string', default: '0' },
  },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
const run = await runChaos({
  gifts: Number(values.gifts),
  seed: Number(values.seed),
  minutes: Number(values.minutes),
  lanes: Number(values.lanes),
  spreadSeconds: Number(values.spread),
  leaps: WEEKS,
  pauses: {
    processes: [6_000, 20_000],
    servers: [5_000, 20_000],
    webhooks: [500, 4_000],
    provider: [500, 5_000],
  },
  stop: stopping.signal,
  say,
});
process.exitCode = report(run, say);
