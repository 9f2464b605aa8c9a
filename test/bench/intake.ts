import { newGift } from './support/gifts.js';
import { cpuMsPerPiece, withCpu } from './support/part-cpu.js';
import { inHouse, type BenchOptions } from './support/house.js';
import { Load, type Request } from './support/load.js';
import { figures, inTurns, ratio, round } from './support/measure.js';
import type { BenchReport } from './support/report.js';

const WARM_UP = { count: 5_000, ms: 15_000 };
const SLICE_MS = 2_000;
const SHORT_SLICE_MS = 700;

/** Gifts accepted over HTTP, to the donor's way to the checkout; the provider answers at once. */
export function intakeBench(options: BenchOptions): Promise<BenchReport> {
  return inHouse(options, async ({ database, place, server, floor, load }) => {
    const bare = await Load.open(await floor.call('port'), options.connections);
    const gift = (path: string) => (): Request => ({
      path,
      type: 'application/json',
      body: JSON.stringify(newGift()),
    });
    // So many pieces of code compile themselves on a gift's way that a slice is not enough to warm them up.
    await load.runUntil(WARM_UP, gift(place.giftPath));
    const samples = await inTurns(
      options.seconds,
      {
        ours: () => withCpu(server, () => load.runFor(SLICE_MS, gift(place.giftPath))),
        pg: () => withCpu(floor, () => floor.call('intake', SLICE_MS)),
        fastify: () => bare.runFor(SHORT_SLICE_MS, gift('/gift')),
      },
      database.analyze,
    );
    bare.close();
    const [ours, pg, fastify] = [figures(samples.ours), figures(samples.pg), figures(samples.fastify)];
    return {
      table: {
        'gifts over HTTP': ours,
        [`floor: the same rows by bare pg, ${place.poolSize} connections`]: pg,
        'floor: a bare Fastify route': fastify,
      },
      line: {
        bench: 'intake',
        unit: 'gifts/s',
        ...ours,
        floor: pg.rate,
        ratio: ratio(ours.rate, pg.rate),
        httpFloor: fastify.rate,
        // One after the other on one connection, as if the two floors shared the machine's time.
        bothFloors: round(1 / (1 / pg.rate + 1 / fastify.rate)),
        // Of the Node processes alone: what a machine shared with others disturbs least.
        cpuMsPerGift: cpuMsPerPiece(samples.ours),
        floorCpuMsPerGift: cpuMsPerPiece(samples.pg),
        connections: options.connections,
        rssMb: round((await server.call('memory')).rss / 1e6),
      },
    };
  });
}
