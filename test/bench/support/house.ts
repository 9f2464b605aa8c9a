import type { FloorPart } from '../parts/floor.main.js';
import type { ProviderPlace } from '../parts/provider.main.js';
import type { Place, ServerPart } from '../parts/server.main.js';
import { startBenchDatabase, type BenchDatabase } from './database.js';
import { Load } from './load.js';
import { startPart, type Part } from './part.js';

/** What every benchmark stands on: a database, the application, the floors, and connections to it. */
export interface House {
  database: BenchDatabase;
  place: Place;
  server: Part<ServerPart>;
  floor: Part<FloorPart>;
  load: Load;
}

export interface BenchOptions {
  seconds: number;
  connections: number;
  /** Where the application leaves a CPU profile. */
  profileDir: string | undefined;
  /** Of `charges`: how many are due, and how long the provider takes for each. */
  plans: number;
  latencyMs: number;
}

/** Builds the house, lets `work` measure in it, and takes it down to the last file. */
export async function inHouse<T>(
  options: BenchOptions & { provider?: ProviderPlace },
  work: (house: House) => Promise<T>,
): Promise<T> {
  const closers: Array<() => Promise<void> | void> = [];
  try {
    const database = await startBenchDatabase();
    closers.push(() => database.close());
    const databaseUrl = database.appUrl;
    const server = await startPart<ServerPart>(
      'server',
      { databaseUrl, provider: options.provider },
      options.profileDir,
    );
    closers.push(() => server.stop());
    const place = await server.call('place');
    const floor = await startPart<FloorPart>('floor', { databaseUrl, place });
    closers.push(() => floor.stop());
    const load = await Load.open(place.port, options.connections);
    closers.push(() => load.close());
    return await work({ database, place, server, floor, load });
  } finally {
    for (const close of closers.reverse()) await close();
  }
}
