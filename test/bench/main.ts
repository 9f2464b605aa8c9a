// npm run bench -- intake|webhooks|receipts|memory|charges [--seconds 60] [--connections 32] [--profile DIR]
//   charges: [--plans 10000] [--latency 250]
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { chargesBench } from './charges.js';
import { intakeBench } from './intake.js';
import { memoryBench } from './memory.js';
import { receiptsBench } from './receipts.js';
import type { BenchOptions } from './support/house.js';
import { print, type BenchReport } from './support/report.js';
import { webhooksBench } from './webhooks.js';

interface Bench {
  run: (options: BenchOptions) => Promise<BenchReport>;
  seconds: number;
}

const BENCHES: Record<string, Bench> = {
  intake: { run: intakeBench, seconds: 50 },
  webhooks: { run: webhooksBench, seconds: 50 },
  receipts: { run: receiptsBench, seconds: 40 },
  memory: { run: memoryBench, seconds: 300 },
  charges: { run: chargesBench, seconds: 300 },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    connections: { type: 'string', default: '32' },
    profile: { type: 'string' },
    plans: { type: 'string', default: '10000' },
    latency: { type: 'string', default: '250' },
  },
});
const bench = BENCHES[positionals[0] ?? ''];
if (!bench) {
  console.error(`npm run bench -- ${Object.keys(BENCHES).join('|')} [--seconds N]`);
  process.exit(1);
}
print(
  await bench.run({
    seconds: Number(values.seconds ?? bench.seconds),
    connections: Number(values.connections),
    profileDir: values.profile,
    plans: Number(values.plans),
    latencyMs: Number(values.latency),
  }),
);
