import { performance } from 'node:perf_hooks';
import { newGift } from './support/gifts.js';
import { inHouse, type BenchOptions } from './support/house.js';
import { figures, round, type Sample } from './support/measure.js';
import type { BenchReport } from './support/report.js';

const GIFTS = 100_000;
const STEP = 10_000;

/** Resident memory of the web process over 100,000 gifts, after 10,000 that warm it up. Stops when its time is over. */
export function memoryBench(options: BenchOptions): Promise<BenchReport> {
  return inHouse(options, async ({ database, place, server, load }) => {
    const take = (count: number): Promise<Sample> => {
      let left = count;
      return load.run(() =>
        left-- > 0
          ? { path: place.giftPath, type: 'application/json', body: JSON.stringify(newGift()) }
          : undefined,
      );
    };
    const readings: Array<{ gifts: number; rssMb: number; heapMb: number }> = [];
    const read = async (gifts: number) => {
      const { rss, heapUsed } = await server.call('memory');
      readings.push({ gifts, rssMb: round(rss / 1e6), heapMb: round(heapUsed / 1e6) });
    };
    const end = performance.now() + options.seconds * 1000;
    await take(STEP);
    await database.analyze();
    await read(0);
    const samples: Sample[] = [];
    for (let gifts = STEP; gifts <= GIFTS && performance.now() < end; gifts += STEP) {
      samples.push(await take(STEP));
      await read(gifts);
    }
    const rss = readings.map(({ rssMb }) => rssMb);
    const first = rss[0]!;
    const ours = figures(samples);
    return {
      table: Object.fromEntries(readings.map(({ gifts, ...cells }) => [`after ${gifts} gifts`, cells])),
      line: {
        bench: 'memory',
        unit: 'gifts/s',
        ...ours,
        floor: null,
        ratio: null,
        rssMb: rss.at(-1)!,
        gifts: readings.at(-1)!.gifts,
        isComplete: readings.at(-1)!.gifts === GIFTS,
        warmRssMb: first,
        lowest: round(Math.min(...rss) / first, 3),
        highest: round(Math.max(...rss) / first, 3),
      },
    };
  });
}
