import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderPart } from './parts/provider.main.js';
import { duePlans } from './support/due-plans.js';
import { inHouse, type BenchOptions, type House } from './support/house.js';
import { figures, round, type Sample } from './support/measure.js';
import { cpuMsPerPiece, withCpu } from './support/part-cpu.js';
import { startPart, type Part } from './support/part.js';
import type { BenchReport } from './support/report.js';

const CONCURRENCY = 32;
/** Plans charged at one go, before the floor has its turn. */
const SLICE = 2_500;
const WARM_UP = 500;
const FLOOR_CALLS = 640;
const LOOK_MS = 10;

/** A slice, and for how long the provider had its charges. */
interface Charged extends Sample {
  providerMs: number;
}

/**
 * Monthly plans that are all due: found by the scheduler, charged by the lane of a worker that does 32 jobs at a time,
 * each a gift, a period and a payment written down, asked for over TLS with Mollie's client, and the answer written
 * down. The provider is a process that waits for a stated time. `ratio` is how much of what 32 places could do in that
 * time the provider had: what is missing is ours.
 */
export async function chargesBench(options: BenchOptions): Promise<BenchReport> {
  const { plans, latencyMs } = options;
  const provider = await startPart<ProviderPart>('provider', { latencyMs });
  try {
    const place = await provider.call('place');
    return await inHouse({ ...options, provider: place }, async (house) => {
      const [ours, floor]: [Charged[], Charged[]] = [[], []];
      const bare = () => house.floor.call('charge', { place, calls: FLOOR_CALLS, concurrency: CONCURRENCY });
      await chargeAll(house, provider, Math.min(WARM_UP, plans));
      await timed(provider, bare);
      const end = performance.now() + options.seconds * 1000;
      for (let left = plans; left > 0 && performance.now() < end; left -= SLICE) {
        ours.push(await chargeAll(house, provider, Math.min(SLICE, left)));
        floor.push(await timed(provider, bare));
      }
      return reportOf(ours, floor, { ...options, rss: (await house.server.call('memory')).rss });
    });
  } finally {
    await provider.stop();
  }
}

/** From the scheduler's look to the last charge. @throws Error when one was not asked for */
async function chargeAll(house: House, provider: Part<ProviderPart>, count: number): Promise<Charged> {
  const { server, database, place } = house;
  await duePlans(database.admin, place, count);
  await database.analyze();
  await server.call('jobTimes');
  await server.call('startMoneyLane', CONCURRENCY);
  const charging = async (): Promise<Sample> => {
    const started = performance.now();
    await server.call('findDuePlans');
    while (await waiting(house)) await sleep(LOOK_MS);
    return { times: [], ms: performance.now() - started };
  };
  const slice = await timed(provider, () => withCpu(server, charging));
  await server.call('stopMoneyLane');
  const { rows } = await database.admin.query(
    `SELECT count(*)::int AS asked FROM payments WHERE sequence = 'recurring' AND provider_id IS NOT NULL`,
  );
  if (rows[0].asked < count) throw new Error(`Only ${rows[0].asked} of ${count} plans were charged.`);
  await database.admin.query(`TRUNCATE outbox`);
  return { ...slice, times: await server.call('jobTimes') };
}

async function waiting({ database }: House): Promise<boolean> {
  const { rowCount } = await database.admin.query(`SELECT FROM outbox WHERE job = 'plans.charge' LIMIT 1`);
  return rowCount !== 0;
}

async function timed(provider: Part<ProviderPart>, work: () => Promise<Sample>): Promise<Charged> {
  await provider.call('took');
  const sample = await work();
  return { ...sample, providerMs: (await provider.call('took')).ms };
}

/** Of all that so many places could have spent with the provider, what they did. */
function share(slices: Charged[]): number {
  const providerMs = slices.reduce((sum, slice) => sum + slice.providerMs, 0);
  const totalMs = slices.reduce((sum, slice) => sum + slice.ms, 0);
  return round(providerMs / (CONCURRENCY * totalMs), 3);
}

function reportOf(
  ours: Charged[],
  floor: Charged[],
  { plans, latencyMs, rss }: { plans: number; latencyMs: number; rss: number },
): BenchReport {
  const [charged, bare] = [figures(ours), figures(floor)];
  const done = ours.reduce((sum, { times }) => sum + times.length, 0);
  return {
    table: {
      [`plans charged, ${CONCURRENCY} at a time, a provider that takes ${latencyMs} ms`]: {
        ...charged,
        'provider share': share(ours),
      },
      'floor: the same calls in a bare loop': { ...bare, 'provider share': share(floor) },
    },
    line: {
      bench: 'charges',
      unit: 'charges/s',
      ...charged,
      floor: bare.rate,
      ratio: share(ours),
      floorRatio: share(floor),
      goal: 0.8,
      // Of the Node process alone: what a machine shared with others disturbs least.
      cpuMsPerCharge: cpuMsPerPiece(ours),
      plans: done,
      isComplete: done >= plans,
      concurrency: CONCURRENCY,
      latencyMs,
      rssMb: round(rss / 1e6),
    },
  };
}
