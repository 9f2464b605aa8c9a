import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '../house/found-association.js';
import type { Installation } from '../house/installation.js';
import type { Random } from '../random.js';
import type { Chronicle } from './chronicle.js';
import { Donor } from './donor.js';
import { LIVES, type LifeName } from './lives.js';
import { PatientClient } from './patient-client.js';
import { Treasurer } from './treasurer.js';

export interface PopulationOptions {
  /** Numbers of the donors who come now, the last one excluded. */
  from: number;
  to: number;
  /** Donors at the same time. */
  lanes: number;
  /** They arrive over this time, or as soon as a lane is free; none comes after `endsAt`. */
  spreadMs: number;
  endsAt: number;
  /** How long a donor sends the same request again. */
  patienceMs: number;
}

const NAMES = Object.keys(LIVES) as LifeName[];
const WEIGHTS = Object.fromEntries(NAMES.map((name) => [name, LIVES[name].weight])) as Record<
  LifeName,
  number
>;

/** Donors come one after the other in each lane, and live their lives; every kind at least once. */
export async function livePopulation(
  house: Installation,
  place: Place,
  random: Random,
  chronicle: Chronicle,
  options: PopulationOptions,
): Promise<void> {
  let next = options.from;
  const begun = Date.now();
  const arrival = (number: number): number =>
    begun + ((number - options.from) / (options.to - options.from)) * options.spreadMs;
  const lane = async (): Promise<void> => {
    while (next < options.to && Date.now() < options.endsAt) {
      const number = next++;
      await sleep(Math.max(0, arrival(number) - Date.now()));
      const chance = random.fork(number);
      const name = NAMES[number] ?? chance.weighted(WEIGHTS);
      const client = new PatientClient(house.front.url, chance, options.patienceMs);
      const donor = new Donor(client, place, number);
      const treasurer = new Treasurer(client, place);
      const key = `chaos-${number}-${chance.between(0, 1e9)}`;
      chronicle.count(`lives: ${name}`);
      await LIVES[name]
        .live({ house, donor, treasurer, random: chance, chronicle, key })
        .catch((error: unknown) => {
          chronicle.accidents.push(`${name} of donor ${number}: ${String(error)}`);
        });
      chronicle.retries += client.retries;
    }
  };
  await Promise.all(Array.from({ length: options.lanes }, lane));
}
