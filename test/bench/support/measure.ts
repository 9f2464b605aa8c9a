import { performance } from 'node:perf_hooks';

/** One slice of work: how long each piece took, and how long all of it. */
export interface Sample {
  times: number[];
  ms: number;
  /** Processor time of the part that did the work, where it was asked for. */
  cpuMs?: number;
}

export interface Figures {
  rate: number;
  p50Ms: number;
  p99Ms: number;
}

/** The slices of one work together. */
export function figures(samples: Sample[]): Figures {
  const times = samples.flatMap((sample) => sample.times).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  const ms = samples.reduce((sum, sample) => sum + sample.ms, 0);
  return { rate: round((times.length * 1000) / ms), p50Ms: round(at(0.5), 2), p99Ms: round(at(0.99), 2) };
}

/**
 * Ours and the floors in turn, slice by slice until the time is over, so that a noisy machine disturbs them alike.
 * The first round warms up and does not count; `warmed` is called after it.
 */
export async function inTurns<K extends string>(
  seconds: number,
  works: Record<K, () => Promise<Sample>>,
  warmed: () => Promise<unknown>,
): Promise<Record<K, Sample[]>> {
  const names = Object.keys(works) as K[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<K, Sample[]>;
  const end = performance.now() + seconds * 1000;
  for (let round = 0; round < 2 || performance.now() < end; round++) {
    for (const name of names) {
      const sample = await works[name]();
      if (round > 0) samples[name].push(sample);
    }
    if (round === 0) await warmed();
  }
  return samples;
}

/** Carries out `work` for each item, `concurrency` of them at a time. */
export async function forEachOf<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T) => Promise<unknown>,
): Promise<Sample> {
  const queue = items.values();
  return sampled(concurrency, () => {
    const { value, done } = queue.next();
    return done ? undefined : () => work(value);
  });
}

/** Carries out work for some time, `concurrency` pieces at a time; each place in the row knows its number. */
export function forSome(
  ms: number,
  concurrency: number,
  work: (place: number) => Promise<unknown>,
): Promise<Sample> {
  const end = performance.now() + ms;
  return sampled(concurrency, (place) => (performance.now() < end ? () => work(place) : undefined));
}

async function sampled(
  concurrency: number,
  next: (place: number) => (() => Promise<unknown>) | undefined,
): Promise<Sample> {
  const times: number[] = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async (_, place) => {
      for (let work = next(place); work; work = next(place)) {
        const begun = performance.now();
        await work();
        times.push(performance.now() - begun);
      }
    }),
  );
  return { times, ms: performance.now() - started };
}

export function round(value: number, decimals = 1): number {
  return Number(value.toFixed(decimals));
}

export function ratio(ours: number, floor: number): number {
  return round(ours / floor, 3);
}
