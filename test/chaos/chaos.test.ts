import { expect, it } from '@jest/globals';
import { describeWith } from '../support/tools/describe-with.js';
import { report } from './report.js';
import { runChaos } from './run-chaos.js';

const SEED = 20_261_122;

describeWith('redis', 'a short run of everything that may go wrong', () => {
  it(`loses no gift, charges, receipts and mails nobody twice, and has every cent in the book (seed ${SEED})`, async () => {
    const told: string[] = [];
    const run = await runChaos({
      gifts: 150,
      seed: SEED,
      minutes: 2,
      lanes: 10,
      spreadSeconds: 36,
      leaps: [31, 4, 28],
      pauses: {
        processes: [3_000, 9_000],
        servers: [500, 3_000],
        webhooks: [200, 1_000],
        provider: [100, 800],
      },
      say: (text) => told.push(text),
    });
    if (report(run, (text) => told.push(text)) !== 0) throw new Error(told.join('\n'));
    expect(run.kills).toBeGreaterThan(5);
    expect(run.webhooksLost).toBeGreaterThan(5);
    expect(run.webhooksDoubled).toBeGreaterThan(5);
  }, 300_000);
});
