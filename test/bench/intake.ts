import { newGift } from './support/gifts.js';
import { inHouse, type BenchOptions } from './support/house.js';
import { Load, type Request } from './support/load.js';
import { figures, inTurns, ratio, round } from './support/measure.js';
import type { BenchReport } from './support/report.js';

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
    const samples = await inTurns(
      options.seconds,
      {
        ours: () => load.runFor(SLICE_MS, gift(place.giftPath)),
        pg: () => floor.call('intake', SLICE_MS),
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
        connections: options.connections,
        rssMb: round((await server.call('memory')).rss / 1e6),
      },
    };
  });
}
